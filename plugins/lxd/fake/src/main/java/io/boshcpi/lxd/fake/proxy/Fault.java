package io.boshcpi.lxd.fake.proxy;

/** What can go wrong with one request, or from that request on. */
public enum Fault {
    /** The server carries the request out, and its answer gets lost. */
    LOST("answer lost", false),
    /** The same from that request on. */
    LOST_ON("answers lost from then on", true),
    /** The connection breaks before the server sees the request. */
    RESET("connection reset", false),
    /** The same from that request on. */
    RESET_ON("connections reset from then on", true),
    /** The server is gone: connections break, and new ones are refused. */
    REFUSED("server gone", true),
    /** The server is gone and comes back. */
    REFUSED_2S("server gone for 2 s", false),
    /** The server answers with status 500 and does nothing. */
    ERROR_500("500", false),
    /** The same from that request on. */
    ERROR_500_ON("500 from then on", true),
    /** The server answers with status 503 and does nothing. */
    ERROR_503("503", false),
    /** The same from that request on. */
    ERROR_503_ON("503 from then on", true),
    /** No answer comes, and nothing is done. */
    HANG("no answer, nothing done", false),
    /** The server carries the request out, and no answer comes. */
    HANG_AFTER("no answer, but done", false),
    /** The server carries the request out, and the connection breaks in the middle of the answer. */
    CUT("answer cut", false),
    /** The server carries the request out, and the answer is half a JSON document. */
    UNREADABLE("answer unreadable", false),
    /** The server carries an operation out and says that it failed. Concerns requests that wait for one. */
    OPERATION_FAILED("operation failed", false),
    /** The client is killed before the server sees the request. */
    KILL_BEFORE("client killed before", false),
    /** The server carries the request out, and the client is killed before it gets the answer. */
    KILL_AFTER("client killed after", false);

    private final String title;
    private final boolean lasting;

    Fault(String title, boolean lasting) {
        this.title = title;
        this.lasting = lasting;
    }

    /** The fault in some words. */
    public String title() {
        return title;
    }

    /** Whether all further requests meet it, too. */
    public boolean isLasting() {
        return lasting;
    }

    /** Whether the client waits until its own deadline. */
    public boolean isHang() {
        return this == HANG || this == HANG_AFTER;
    }

    /** Whether it ends the client. */
    public boolean isKill() {
        return this == KILL_BEFORE || this == KILL_AFTER;
    }
}
