/** Rules that several commands share, each about inputs that these have from `probe-inputs.ts`. */
export const versionInOnePlace = {
  rule: 'conflicts',
  when: 'version-jsonpath',
  with: ['version-header'],
  because: 'the version can be read in one place only',
} as const;

export const probing = [
  {
    rule: 'conflicts',
    when: { input: 'probe-from', is: ['none'] },
    with: ['probe-url'],
    because: 'an address is of no use when nothing asks it',
  },
  {
    rule: 'requires',
    when: { input: 'probe-from', is: ['cluster'] },
    needs: ['probe-image'],
    because: 'the pod that probes needs an image that your nodes can pull',
  },
  {
    rule: 'requires',
    when: 'probe-host',
    needs: ['probe-url'],
    because: 'a host name alone does not say where to send the requests',
  },
  versionInOnePlace,
] as const;
