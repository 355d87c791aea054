/** A record file or line may have so many bytes. */
export const mostBytes = 16 * 1024 * 1024;
/** Arrays and objects may be nested so deep. */
export const mostDepth = 200;
