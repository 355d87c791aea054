// What dev/launch.mjs passes to the sources when Node runs them directly. Plain JavaScript, which both can import.

/**
 * `kept` is the folder in which exactly these sources keep what takes long to make. It is undefined in a bundle, which
 * has such a folder of its own, and when something else runs the sources, such as the tests.
 * @type {{ kept: string | undefined }}
 */
export const launched = { kept: undefined };
