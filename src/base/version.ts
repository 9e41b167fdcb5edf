import manifest from '../../package.json' with { type: 'json' };

/** Version of StreamGate, as evidence and `--version` tell it. */
export const version: string = manifest.version;
