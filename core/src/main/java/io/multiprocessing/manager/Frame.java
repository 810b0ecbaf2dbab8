package io.multiprocessing.manager;

/**
 * What the first byte of a frame says. None is 0x80, with which the messages of CPython's managers begin.
 *
 * <table>
 * <caption>The frames</caption>
 * <tr><th>byte</th><th>frame</th><th>then</th></tr>
 * <tr><td>1</td><td>hello</td><td>version, role, client (8 bytes), session (8), pid (8), name of the process</td></tr>
 * <tr><td>2</td><td>call</td><td>number (8), thread (8), object (8), method, count of arguments, arguments</td></tr>
 * <tr><td>3</td><td>release</td><td>object (8), how many grants of it (8)</td></tr>
 * <tr><td>4</td><td>sent</td><td>object (8), 0 (8)</td></tr>
 * <tr><td>5</td><td>cancel</td><td>session (8), number of the call (8)</td></tr>
 * <tr><td>6</td><td>received</td><td></td></tr>
 * <tr><td>16</td><td>welcome</td><td>what handles say of where the objects are, in ASCII, to the end</td></tr>
 * <tr><td>17</td><td>result</td><td>value</td></tr>
 * <tr><td>18</td><td>failure</td><td>exception</td></tr>
 * <tr><td>19</td><td>result</td><td>value; the client says at once that it has received this</td></tr>
 * </table>
 *
 * Methods are ASCII after a count; values, the name too, are those of our codec.
 */
final class Frame {
    static final int VERSION = 1;

    static final int HELLO = 1;
    static final int CALL = 2;
    static final int RELEASE = 3;
    static final int SENT = 4;
    static final int CANCEL = 5;
    static final int RECEIVED = 6;
    static final int WELCOME = 16;
    static final int RESULT = 17;
    static final int FAILURE = 18;
    static final int TAKEN = 19;

    /** The role of the session that says what needs no answer; its end is the end of the client. */
    static final int CONTROL = 0;

    /** The role of a session that calls. */
    static final int CALLS = 1;

    /** The object by which the server itself is called. */
    static final long SERVER = 0;

    private Frame() {}
}
