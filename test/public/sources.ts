/** A repository of other people, at one commit. Nothing of it is kept here: its files are read when they are played. */
export interface Source {
  /** `owner/name` on GitHub. */
  readonly repository: string;
  readonly commit: string;
  /** SPDX identifier, by the LICENSE file at that commit. */
  readonly licence: string;
}

export const sources = {
  'argoproj/argo-cd': {
    repository: 'argoproj/argo-cd',
    commit: '37ee0097cf851bc2dd7665fc081bbce61a7e836e',
    licence: 'Apache-2.0',
  },
  'argoproj/argo-rollouts': {
    repository: 'argoproj/argo-rollouts',
    commit: '9f8d111d8f8e3e88b6d7f8bbdf62fd3cd863ef9d',
    licence: 'Apache-2.0',
  },
  'aws-containers/retail-store-sample-app': {
    repository: 'aws-containers/retail-store-sample-app',
    commit: '1a28474f2461459f42e6b393db59e7d1434d4aec',
    licence: 'MIT-0',
  },
  'Azure-Samples/aks-store-demo': {
    repository: 'Azure-Samples/aks-store-demo',
    commit: '7ce10c5110d6a52d3517dfb6d7a7b7b2edf2e5a5',
    licence: 'MIT',
  },
  'Azure/k8s-deploy': {
    repository: 'Azure/k8s-deploy',
    commit: '4fa6d5696025249e4a494c6b222ab2d25fca5b26',
    licence: 'MIT',
  },
  'BuoyantIO/emojivoto': {
    repository: 'BuoyantIO/emojivoto',
    commit: 'e490d5789086e75933a474b22f9723fbfa0b29ba',
    licence: 'Apache-2.0',
  },
  'dapr/quickstarts': {
    repository: 'dapr/quickstarts',
    commit: '56eb3ae3a4cc1783f2d65a6525deb51065fe0151',
    licence: 'Apache-2.0',
  },
  'dockersamples/example-voting-app': {
    repository: 'dockersamples/example-voting-app',
    commit: '63e9150ca17af4ed05880d4245e486481f73fcb4',
    licence: 'Apache-2.0',
  },
  'envoyproxy/gateway': {
    repository: 'envoyproxy/gateway',
    commit: 'd32f28294245e454d20f81d323d626a90e660c1e',
    licence: 'Apache-2.0',
  },
  'fluxcd/flagger': {
    repository: 'fluxcd/flagger',
    commit: '15bd6ad555e6c935da55f0ab95977be74c149bd6',
    licence: 'Apache-2.0',
  },
  'GoogleCloudPlatform/bank-of-anthos': {
    repository: 'GoogleCloudPlatform/bank-of-anthos',
    commit: 'd0af04743a6d951665169ca6370d15725ec51252',
    licence: 'Apache-2.0',
  },
  'GoogleCloudPlatform/kubernetes-engine-samples': {
    repository: 'GoogleCloudPlatform/kubernetes-engine-samples',
    commit: '2b5036514162a489145c5e5570bc320efbcb37bf',
    licence: 'Apache-2.0',
  },
  'GoogleCloudPlatform/microservices-demo': {
    repository: 'GoogleCloudPlatform/microservices-demo',
    commit: '34ffea9175946982c3088ed84994fe6019ad6e92',
    licence: 'Apache-2.0',
  },
  'GoogleContainerTools/skaffold': {
    repository: 'GoogleContainerTools/skaffold',
    commit: '359a940c1b26e9aecfad508c1e87a679ec86e49b',
    licence: 'Apache-2.0',
  },
  'istio/istio': {
    repository: 'istio/istio',
    commit: '86c9f01fd735fb01d8192f5bcaf0d424afb7f14c',
    licence: 'Apache-2.0',
  },
  'jaegertracing/jaeger-kubernetes': {
    repository: 'jaegertracing/jaeger-kubernetes',
    commit: '23075ae25e54302d6dc4b6a19978eda8efa8425c',
    licence: 'Apache-2.0',
  },
  'keycloak/keycloak-quickstarts': {
    repository: 'keycloak/keycloak-quickstarts',
    commit: 'c93be9993a3029bae551d2daced1e6c386c56e27',
    licence: 'Apache-2.0',
  },
  'knative/serving': {
    repository: 'knative/serving',
    commit: '98e5ef90aa7033797aa0a61ef97f3ff7e49a3944',
    licence: 'Apache-2.0',
  },
  'kubernetes-sigs/cluster-proportional-autoscaler': {
    repository: 'kubernetes-sigs/cluster-proportional-autoscaler',
    commit: '5a5dd5a15c16e5435ec020cce319faab2206adae',
    licence: 'Apache-2.0',
  },
  'kubernetes-sigs/external-dns': {
    repository: 'kubernetes-sigs/external-dns',
    commit: '2bf1bf8af2b70f23579f9147c1f7e9394f7f83d5',
    licence: 'Apache-2.0',
  },
  'kubernetes-sigs/gateway-api': {
    repository: 'kubernetes-sigs/gateway-api',
    commit: '4564255ac2c35d582249b3cdf261bdf51c8bca32',
    licence: 'Apache-2.0',
  },
  'kubernetes-sigs/kustomize': {
    repository: 'kubernetes-sigs/kustomize',
    commit: '12f9e6391464b3ad9dd3fe8182049dc1b1772990',
    licence: 'Apache-2.0',
  },
  'kubernetes-sigs/metrics-server': {
    repository: 'kubernetes-sigs/metrics-server',
    commit: '5ed5d3a2cf940a8c7541cfbac19af822f4c97844',
    licence: 'Apache-2.0',
  },
  'kubernetes-sigs/prometheus-adapter': {
    repository: 'kubernetes-sigs/prometheus-adapter',
    commit: '01919d0ef11859bc214e0c8a8bd5368afd9d47f7',
    licence: 'Apache-2.0',
  },
  'kubernetes/dashboard': {
    repository: 'kubernetes/dashboard',
    commit: '2f3f7b01a3e23a7a2c0011455a165ef68af81c10',
    licence: 'Apache-2.0',
  },
  'kubernetes/examples': {
    repository: 'kubernetes/examples',
    commit: '279e8e4fe314f6cb7bc55fa3fbc21bbeaa48c0ea',
    licence: 'Apache-2.0',
  },
  'kubernetes/ingress-gce': {
    repository: 'kubernetes/ingress-gce',
    commit: 'acbcf5d66dd9d31297a2a52a2d7d83d4c1a94539',
    licence: 'Apache-2.0',
  },
  'kubernetes/ingress-nginx': {
    repository: 'kubernetes/ingress-nginx',
    commit: 'dbb11b92ddb77bee9c35e462479129354c84f939',
    licence: 'Apache-2.0',
  },
  'kubernetes/kube-state-metrics': {
    repository: 'kubernetes/kube-state-metrics',
    commit: 'c92fe0c5ce02d3b52abf54490e00db6c706f2ba5',
    licence: 'Apache-2.0',
  },
  'linkerd/linkerd2': {
    repository: 'linkerd/linkerd2',
    commit: 'b24cd4059841f8cee2fb7a9c2ac23a693c583579',
    licence: 'Apache-2.0',
  },
  'microservices-demo/microservices-demo': {
    repository: 'microservices-demo/microservices-demo',
    commit: '9dff06fae4981921caec6a62393a6ebfce4b3e3f',
    licence: 'Apache-2.0',
  },
  'nats-io/k8s': {
    repository: 'nats-io/k8s',
    commit: '957650fba03e2e6ad8b5d54d66358f67a431157b',
    licence: 'Apache-2.0',
  },
  'paulbouwer/hello-kubernetes': {
    repository: 'paulbouwer/hello-kubernetes',
    commit: 'c9d0a54c5f79baa439073166073f2737896eae0c',
    licence: 'MIT',
  },
  'prometheus-operator/kube-prometheus': {
    repository: 'prometheus-operator/kube-prometheus',
    commit: '4d719f1dea8853540b3823ab1fbe6be74a9953b3',
    licence: 'Apache-2.0',
  },
  'spring-petclinic/spring-petclinic-cloud': {
    repository: 'spring-petclinic/spring-petclinic-cloud',
    commit: '8aabe98751904463fa01bd0ec9052a95c6bd2aa8',
    licence: 'Apache-2.0',
  },
  'stakater/Reloader': {
    repository: 'stakater/Reloader',
    commit: '655a2b3814baadb69d3d1e105242d6cc8875d7cb',
    licence: 'Apache-2.0',
  },
  'stefanprodan/gitops-istio': {
    repository: 'stefanprodan/gitops-istio',
    commit: '3851e1802537cd5f7f833b05502f6db1f4528f47',
    licence: 'Apache-2.0',
  },
  'stefanprodan/podinfo': {
    repository: 'stefanprodan/podinfo',
    commit: 'eec06d1ea459af4cb4e10e806f8be7c7bd58b361',
    licence: 'Apache-2.0',
  },
  'traefik/traefik': {
    repository: 'traefik/traefik',
    commit: 'fd5a576df2e8aeb0bfc8a96b6ef6e60a61f7ec0a',
    licence: 'MIT',
  },
} as const satisfies Readonly<Record<string, Source>>;
