// What dev/launch.mjs says to the sources when Node runs them as they are. Plain JavaScript, which both can import.

/**
 * `kept` is the folder in which these very sources keep what takes long to make. It is undefined in a bundle, which has
 * such a folder of its own, and where something else runs the sources, as the tests do.
 * @type {{ kept: string | undefined }}
 */
export const launched = { kept: undefined };
