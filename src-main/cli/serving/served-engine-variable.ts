/** The environment variable by which the supervisor hands its options, as JSON, to the engine's process. */
export const servedEngineVariable = 'LLARA_SERVED_ENGINE';
