package io.boshcpi.conformance.rules;

import io.boshcpi.conformance.cloud.Prerequisite;
import io.boshcpi.conformance.cloud.World;
import io.boshcpi.conformance.verdict.Expect;
import io.boshcpi.conformance.verdict.Ruling;
import io.boshcpi.conformance.wire.Caller;
import io.boshcpi.conformance.wire.Exchange;
import io.boshcpi.conformance.wire.Request;
import java.util.List;
import java.util.Map;

/** Requests as they should not be, and those that a CPI has to take nevertheless. */
final class ProtocolRules {
    private static final List<String> BAD_REQUEST = List.of("CpiError");

    /** More than a pipe holds, so that only a CPI that reads stdin gets to its end. */
    private static final int LARGE = 512 * 1024;

    private ProtocolRules() {}

    static List<Rule> all() {
        return List.of(
                new Rule(
                        "protocol.unknown-method",
                        "A method that the CPI does not have is answered with Bosh::Clouds::NotImplemented",
                        Sources.NOT_IMPLEMENTED,
                        world -> notImplemented(world, "conformance_kit_method")),
                new Rule(
                        "protocol.retired-method",
                        "configure_networks, which left the contract, is answered with Bosh::Clouds::NotImplemented",
                        Sources.NOT_IMPLEMENTED,
                        world -> notImplemented(world, "configure_networks", "vm-1", Map.of())),
                new Rule(
                        "protocol.malformed-request",
                        "What is not JSON is answered with Bosh::Clouds::CpiError",
                        Sources.HANDLES_ERRORS,
                        world -> badRequest(world, Request.raw("this is no JSON"))),
                new Rule(
                        "protocol.empty-request",
                        "An empty stdin is answered with Bosh::Clouds::CpiError",
                        Sources.HANDLES_ERRORS,
                        world -> badRequest(world, Request.raw(""))),
                new Rule(
                        "protocol.no-object",
                        "A document that is no object is answered with Bosh::Clouds::CpiError",
                        Sources.HANDLES_ERRORS,
                        world -> badRequest(world, Request.raw("[\"info\"]"))),
                new Rule(
                        "protocol.too-few-arguments",
                        "A call that lacks an argument is answered with Bosh::Clouds::CpiError",
                        Sources.HANDLES_ERRORS,
                        world -> badRequest(world, world.callers().director().request("has_vm"))),
                new Rule(
                        "protocol.wrong-argument-type",
                        "An argument of a wrong type is answered with an error",
                        Sources.HANDLES_ERRORS,
                        ProtocolRules::wrongType),
                new Rule(
                        "protocol.extra-argument",
                        "An argument that the CPI does not know of is no error: newer versions of BOSH may send one",
                        Sources.INVOKES,
                        world -> likeInfo(
                                world,
                                world.callers().director().request("info", "extra"),
                                "the same result as without it")),
                new Rule(
                        "protocol.unknown-keys",
                        "Unknown keys of the request and of its context are ignored",
                        Sources.INVOKES,
                        ProtocolRules::unknownKeys),
                new Rule(
                        "protocol.reads-stdin",
                        "The whole request is read before the process ends; otherwise the caller sees a broken pipe"
                                + " instead of the answer",
                        Sources.INVOKES,
                        ProtocolRules::readsStdin),
                new Rule(
                        "protocol.utf-8",
                        "Characters beyond ASCII come raw in a request, though there is no locale, and are no error",
                        Sources.INVOKES,
                        ProtocolRules::utf8),
                new Rule(
                        "protocol.context-properties",
                        "Properties of a CPI config, which come in the context, override the CPI's configuration",
                        Sources.CPI_CONFIG,
                        ProtocolRules::contextProperties));
    }

    private static void notImplemented(World world, String method, Object... arguments) {
        Exchange exchange = world.callers().director().call(method, arguments);
        Expect.error(exchange, List.of("NotImplemented"), "an error of type Bosh::Clouds::NotImplemented");
    }

    private static void badRequest(World world, Request request) {
        Exchange exchange = world.callers().director().send(request);
        Expect.error(exchange, BAD_REQUEST, "an error of type Bosh::Clouds::CpiError");
    }

    private static void wrongType(World world) {
        Exchange exchange = world.callers().director().call("has_vm", Map.of("cid", "vm-1"));
        Expect.error(exchange, List.of(), "an error, since has_vm takes a string");
    }

    /** Where a plain {@code info} fails already, its rules say so. */
    private static void likeInfo(World world, Request request, String expected) {
        Prerequisite.of(world.callers().info());
        Expect.success(world.callers().director().send(request), expected);
    }

    /** The context has what a CPI config may hold, so this is also where a secret comes to a CPI. */
    private static void unknownKeys(World world) {
        Caller director = world.callers().director();
        Map<String, ?> foreign =
                Map.of("conformance_kit", Map.of("password", world.secrets().planted(), "n", 1));
        Request request = director.requestWith(foreign, "info");
        likeInfo(
                world,
                request.with("{\"method\"", "{\"conformance_kit\":[1,{\"a\":null}],\"method\""),
                "the same result as without them");
    }

    private static void readsStdin(World world) {
        Prerequisite.of(world.callers().info());
        Caller director = world.callers().director();
        Exchange exchange = director.send(director.requestWith(Map.of("conformance_kit", "x".repeat(LARGE)), "info"));
        Expect.that(exchange.output().requestRead(), exchange, "stdin read to its end");
        Expect.success(exchange, "the same result as of a small request");
    }

    private static void utf8(World world) {
        Map<String, ?> foreign = Map.of("conformance_kit", "Zürich, 東京, \uD83D\uDE80");
        Request request = world.callers().director().requestWith(foreign, "info");
        likeInfo(world, request, "the same result as of a request in ASCII");
    }

    private static void contextProperties(World world) {
        Map<String, ?> wrong = world.settings()
                .wrongContext()
                .orElseThrow(() -> Ruling.notRun("the properties file has no wrong_context"));
        Caller director = world.callers().director();
        Exchange exchange = director.send(director.requestWith(wrong, "has_vm", "vm-conformance-kit"));
        Expect.error(exchange, List.of(), "an error, since the cloud of these properties cannot be reached");
    }
}
