package io.boshcpi.docker;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import io.boshcpi.json.Json;
import io.boshcpi.json.MalformedJsonException;
import io.boshcpi.spi.CloudProvider;
import io.boshcpi.spi.PropertyTree;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An engine in memory, behind TLS, as far as this provider uses one. Any of its requests can meet a trouble.
 *
 * <p>What only a real engine can tell, such as whether it takes a parameter, is not tested with it.
 */
final class FakeEngine implements AutoCloseable {
    /** What a request meets. */
    enum Trouble {
        /** It is answered with 500. */
        ERROR,
        /** The engine's disk is full. */
        FULL,
        /** It collides with an object of somebody else. */
        CONFLICT,
        /** The connection ends before the engine sees it. */
        RESET,
        /** The engine does it, and the connection ends without an answer. */
        LOST,
        /** The engine does it, and the connection ends within the answer. */
        CUT
    }

    private static final class Container {
        final String id = UUID.randomUUID().toString();
        String name = "";
        String image = "";
        Map<String, String> labels = Map.of();
        String state = "created";
        String mounts = "";
        final TreeSet<String> networks = new TreeSet<>();
    }

    private static final class Image {
        final String id = "sha256:" + (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
        final TreeSet<String> tags = new TreeSet<>();
        Map<String, String> labels = Map.of();
    }

    private record Reply(int status, Object body) {}

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        final int status;

        Refusal(int status, String message) {
            super(message);
            this.status = status;
        }
    }

    private final TestTls tls;
    private final WireMockServer server;
    private final Map<String, Container> containers = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> volumes = new LinkedHashMap<>();
    private final Map<String, Image> images = new LinkedHashMap<>();
    private final Map<String, Map<String, Object>> networks = new LinkedHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private @Nullable Trouble trouble;
    private int first;
    private int last;

    FakeEngine(TestTls tls) {
        this.tls = tls;
        this.server = new WireMockServer(options()
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(tls.store("server").toString())
                .keystorePassword(TestTls.PASSWORD)
                .keyManagerPassword(TestTls.PASSWORD)
                .trustStoreType("PKCS12")
                .trustStorePath(tls.store("trusted").toString())
                .trustStorePassword(TestTls.PASSWORD)
                .needClientAuth(true)
                .disableRequestJournal()
                .containerThreads(10)
                .extensions(new Answers()));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(new ResponseDefinitionBuilder()));
        reset();
    }

    /** As new, with two networks. */
    synchronized void reset() {
        containers.clear();
        volumes.clear();
        images.clear();
        networks.clear();
        networks.put("one", Map.of("Subnet", "10.0.1.0/24"));
        networks.put("two", Map.of("Subnet", "10.0.2.0/24"));
        calm();
    }

    /** The requests from number {@code from} up to {@code to} from now on meet that trouble; the first has number 0. */
    synchronized void trouble(Trouble next, int from, int to) {
        calm();
        trouble = next;
        first = from;
        last = to;
    }

    /** Ends the trouble and forgets the requests. */
    synchronized void calm() {
        requests.clear();
        trouble = null;
    }

    /** What it was asked since then. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** All that it has, with a star for what is random in a name. */
    synchronized List<String> contents() {
        List<String> all = new ArrayList<>();
        containers
                .values()
                .forEach(each -> all.add("container " + each.name + " " + each.state + " of " + each.image + " with "
                        + each.mounts + " in " + each.networks));
        volumes.forEach((name, labels) -> all.add("volume " + name + " " + metadata(labels)));
        images.values().forEach(each -> each.tags.forEach(tag -> all.add("image " + tag)));
        networks.keySet().forEach(each -> all.add("network " + each));
        return all.stream()
                .map(text -> text.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-[0-9a-f]{8})?", "*"))
                .sorted()
                .toList();
    }

    private static Map<String, String> metadata(Map<String, String> labels) {
        return labels.entrySet().stream()
                .filter(label -> label.getKey().startsWith("io.boshcpi.metadata."))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    int port() {
        return server.httpsPort();
    }

    /** The provider for it. */
    CloudProvider provider() {
        return provider(Map.of());
    }

    /** The provider for it, with other settings. */
    CloudProvider provider(Map<String, Object> more) {
        Map<String, Object> section = new HashMap<>(Map.of(
                "url", "https://127.0.0.1:" + port(),
                "network", "one",
                "ca_certificate", tls.certificate("server"),
                "client_certificate", tls.certificate("client"),
                "client_key", tls.key("client")));
        section.putAll(more);
        DockerProviderFactory factory = new DockerProviderFactory();
        return factory.create(
                PropertyTree.of("configuration.docker", section).bind(factory.configType()), RealEngine.CONTEXT);
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Answers implements ResponseDefinitionTransformerV2 {
        @Override
        public String getName() {
            return "engine";
        }

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            return answer(event.getRequest());
        }
    }

    private synchronized ResponseDefinition answer(Request request) {
        int number = requests.size();
        URI uri = URI.create(request.getUrl());
        requests.add(request.getMethod() + " " + uri.getPath());
        Trouble now = number >= first && number <= last ? trouble : null;
        if (now == Trouble.ERROR) {
            return reply(new Reply(500, message("the engine is out of sorts")));
        } else if (now == Trouble.FULL) {
            return reply(new Reply(500, message("write /var/lib/engine/x: no space left on device")));
        } else if (now == Trouble.CONFLICT) {
            return reply(new Reply(409, message("Conflict. The name is already in use by container 4711")));
        } else if (now == Trouble.RESET) {
            return fault(Fault.CONNECTION_RESET_BY_PEER);
        }
        Reply reply;
        try {
            reply = serve(request, uri);
        } catch (Refusal refusal) {
            reply = new Reply(refusal.status, message(String.valueOf(refusal.getMessage())));
        }
        if (now == Trouble.LOST) {
            return fault(Fault.EMPTY_RESPONSE);
        } else if (now == Trouble.CUT) {
            return fault(Fault.MALFORMED_RESPONSE_CHUNK);
        }
        return reply(reply);
    }

    private static Map<String, Object> message(String text) {
        return Map.of("message", text);
    }

    private static ResponseDefinition reply(Reply reply) {
        ResponseDefinitionBuilder response = new ResponseDefinitionBuilder().withStatus(reply.status);
        if (reply.status != 204 && reply.status != 304) {
            response.withHeader("Content-Type", "application/json").withBody(Json.write(reply.body));
        }
        return response.build();
    }

    private static ResponseDefinition fault(Fault fault) {
        return new ResponseDefinitionBuilder().withFault(fault).build();
    }

    private Reply serve(Request request, URI uri) {
        Map<String, String> query = query(uri);
        String[] path = uri.getPath().substring(1).split("/", 3);
        String method = request.getMethod().value();
        String rest = path.length > 2 ? path[2] : "";
        return switch (path[0]) {
            case "containers" -> containers(method, path[1], rest, query, request);
            case "volumes" -> volumes(method, path.length > 1 ? path[1] : "", query, request);
            case "images" -> images(method, uri.getPath().substring("/images/".length()), query);
            case "networks" -> networks(method, path.length > 1 ? path[1] : "", rest, request);
            case "commit" -> commit(query);
            default -> throw new Refusal(404, "page not found");
        };
    }

    private static Map<String, String> query(URI uri) {
        Map<String, String> query = new HashMap<>();
        if (uri.getRawQuery() != null) {
            for (String pair : uri.getRawQuery().split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    query.put(
                            pair.substring(0, equals),
                            URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
                }
            }
        }
        return query;
    }

    private static PropertyTree json(Request request) {
        return json(request.getBodyAsString());
    }

    private static PropertyTree json(String text) {
        try {
            return PropertyTree.of("body", Json.readObject(text.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJsonException e) {
            throw new Refusal(400, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, String> labels(PropertyTree json) {
        Map<String, String> labels = new HashMap<>();
        json.section("Labels").asMap().forEach((key, value) -> labels.put(key, String.valueOf(value)));
        return labels;
    }

    private static List<? extends Map<String, ?>> objects(PropertyTree json, String key) {
        return json.asMap().get(key) instanceof List<?> list
                ? list.stream().map(Json::members).toList()
                : List.of();
    }

    private static boolean matches(Map<String, String> query, Map<String, String> labels) {
        return json(query.getOrDefault("filters", "{}")).strings("label").stream()
                .allMatch(wanted -> {
                    int equals = wanted.indexOf('=');
                    return wanted.substring(equals + 1).equals(labels.get(wanted.substring(0, equals)));
                });
    }

    private Container container(String idOrName) {
        return containers.values().stream()
                .filter(each -> each.id.equals(idOrName) || each.name.equals(idOrName))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "No such container: " + idOrName));
    }

    private Reply containers(String method, String what, String action, Map<String, String> query, Request request) {
        if (what.equals("json")) {
            List<String> network = json(query.getOrDefault("filters", "{}")).strings("network");
            return new Reply(
                    200,
                    containers.values().stream()
                            .filter(each -> matches(query, each.labels)
                                    && (network.isEmpty() || each.networks.containsAll(network)))
                            .map(each -> Map.of(
                                    "Id", each.id,
                                    "Names", List.of("/" + each.name),
                                    "Image", each.image,
                                    "Labels", each.labels,
                                    "State", each.state))
                            .toList());
        } else if (what.equals("create")) {
            return create(query.getOrDefault("name", ""), json(request));
        }
        Container container = container(what);
        switch (action) {
            case "start", "stop" -> {
                String state = action.equals("start") ? "running" : "exited";
                if (container.state.equals(state)) {
                    return new Reply(304, "");
                }
                container.state = state;
            }
            case "rename" -> {
                unused(query.getOrDefault("name", ""));
                container.name = query.getOrDefault("name", "");
            }
            case "archive" -> {
                return new Reply(200, Map.of());
            }
            case "" -> {
                if (method.equals("DELETE")) {
                    containers.remove(container.id);
                }
            }
            default -> throw new Refusal(404, "page not found");
        }
        return new Reply(204, "");
    }

    private void unused(String name) {
        if (containers.values().stream().anyMatch(each -> each.name.equals(name))) {
            throw new Refusal(409, "The container name " + name + " is already in use");
        }
    }

    private Reply create(String name, PropertyTree json) {
        unused(name);
        Container container = new Container();
        container.name = name;
        container.image = json.string("Image").orElse("");
        image(container.image);
        container.labels = labels(json);
        PropertyTree host = json.section("HostConfig");
        container.mounts = objects(host, "Mounts").stream()
                .map(mount -> String.valueOf(mount.get("Source")))
                .sorted()
                .collect(Collectors.joining(","));
        container.networks.add(host.string("NetworkMode").orElse(""));
        containers.put(container.id, container);
        return new Reply(201, Map.of("Id", container.id));
    }

    private Reply volumes(String method, String name, Map<String, String> query, Request request) {
        if (method.equals("POST")) {
            PropertyTree json = json(request);
            String made = json.string("Name").orElse("");
            volumes.put(made, labels(json));
            return new Reply(201, Map.of("Name", made));
        } else if (name.isEmpty()) {
            return new Reply(
                    200,
                    Map.of(
                            "Volumes",
                            volumes.entrySet().stream()
                                    .filter(each -> matches(query, each.getValue()))
                                    .map(each -> Map.of("Name", each.getKey(), "Labels", each.getValue()))
                                    .toList()));
        } else if (!volumes.containsKey(name)) {
            throw new Refusal(404, "no such volume");
        } else if (method.equals("DELETE")) {
            if (containers.values().stream().anyMatch(each -> each.mounts.contains(name))) {
                throw new Refusal(409, "volume is in use");
            }
            volumes.remove(name);
            return new Reply(204, "");
        }
        return new Reply(200, Map.of("Name", name, "Labels", volumes.get(name)));
    }

    private Image image(String idOrTag) {
        return images.values().stream()
                .filter(each -> each.id.equals(idOrTag) || each.tags.contains(idOrTag))
                .findFirst()
                .orElseThrow(() -> new Refusal(404, "No such image: " + idOrTag));
    }

    private Reply images(String method, String what, Map<String, String> query) {
        if (what.equals("json")) {
            return new Reply(
                    200,
                    images.values().stream()
                            .filter(each -> matches(query, each.labels))
                            .map(each ->
                                    Map.of("Id", each.id, "RepoTags", List.copyOf(each.tags), "Labels", each.labels))
                            .toList());
        } else if (what.equals("create")) {
            Image image = new Image();
            image.tags.add(query.containsKey("repo") ? query.get("repo") : pulled(query));
            images.put(image.id, image);
            return new Reply(200, Map.of("status", "Status: Downloaded newer image"));
        } else if (what.endsWith("/tag")) {
            image(what.substring(0, what.length() - 4)).tags.add(query.get("repo") + ":" + query.get("tag"));
            return new Reply(201, "");
        } else if (method.equals("DELETE")) {
            Image image = image(what);
            boolean used = containers.values().stream().anyMatch(each -> image.tags.contains(each.image));
            if (image.tags.size() == 1 && used) {
                throw new Refusal(409, "conflict: unable to remove repository reference (must force)");
            }
            image.tags.remove(what);
            if (image.tags.isEmpty()) {
                images.remove(image.id);
            }
            return new Reply(200, List.of());
        }
        Image image = image(what.substring(0, what.length() - "/json".length()));
        return new Reply(200, Map.of("Id", image.id, "RepoTags", List.copyOf(image.tags)));
    }

    private static String pulled(Map<String, String> query) {
        return query.get("fromImage") + (query.containsKey("tag") ? ":" + query.get("tag") : "");
    }

    private Reply commit(Map<String, String> query) {
        Image image = new Image();
        image.tags.add(query.get("repo") + ":" + query.get("tag"));
        image.labels = container(query.getOrDefault("container", "")).labels;
        images.put(image.id, image);
        return new Reply(201, Map.of("Id", image.id));
    }

    private Reply networks(String method, String name, String action, Request request) {
        if (name.equals("create")) {
            PropertyTree json = json(request);
            Map<String, Object> network = new HashMap<>();
            objects(json.section("IPAM"), "Config").get(0).forEach((key, value) -> {
                if (value != null) {
                    network.put(key, value);
                }
            });
            network.put("labels", labels(json));
            networks.put(json.string("Name").orElse(""), network);
            return new Reply(201, Map.of("Id", "4711"));
        } else if (name.isEmpty()) {
            return new Reply(200, networks.keySet().stream().map(this::network).toList());
        } else if (!networks.containsKey(name)) {
            throw new Refusal(404, "network " + name + " not found");
        } else if (action.equals("connect")) {
            container(json(request).string("Container").orElse("")).networks.add(name);
            return new Reply(200, Map.of());
        } else if (method.equals("DELETE")) {
            networks.remove(name);
            return new Reply(204, "");
        }
        return new Reply(200, network(name));
    }

    private Map<String, Object> network(String name) {
        Map<String, Object> network = new HashMap<>(networks.getOrDefault(name, Map.of()));
        Object labels = network.remove("labels");
        return Map.of(
                "Name",
                name,
                "Id",
                name,
                "Labels",
                labels == null ? Map.of() : labels,
                "IPAM",
                Map.of("Config", List.of(network)));
    }
}
