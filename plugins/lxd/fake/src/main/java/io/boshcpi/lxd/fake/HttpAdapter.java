package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.model.ApiError;
import io.boshcpi.lxd.fake.server.Faults;
import io.boshcpi.lxd.fake.server.Peer;
import io.boshcpi.lxd.fake.server.Reply;
import io.boshcpi.lxd.fake.server.Request;
import io.boshcpi.lxd.fake.server.ServerPanic;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.HttpRequestHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.jspecify.annotations.Nullable;

/** Between the HTTP server and {@link FakeLxd}: logs each request and lets it go wrong if a fault says so. */
final class HttpAdapter implements HttpRequestHandler {
    private final FakeLxd lxd;

    HttpAdapter(FakeLxd lxd) {
        this.lxd = lxd;
    }

    @Override
    public void handle(ClassicHttpRequest http, ClassicHttpResponse answer, HttpContext context) throws IOException {
        String target = http.getPath();
        int mark = target.indexOf('?');
        String path = decoded(mark < 0 ? target : target.substring(0, mark));
        String query = mark < 0 ? "" : target.substring(mark + 1);
        lxd.requests().add(http.getMethod(), path, query);
        Faults.Fault fault = lxd.faults().next(http.getMethod(), path);
        if (fault != null) {
            pause(fault.delay());
        }
        Reply reply = fault != null && fault.error() != null
                ? refused(http, fault.error())
                : handled(request(http, path, query, context));
        if (fault != null && fault.dropAnswer()) {
            throw new ConnectionClosedException("the fault drops this answer");
        }
        write(reply, answer);
    }

    private Reply handled(Request request) throws IOException {
        try {
            return lxd.handle(request);
        } catch (ServerPanic e) {
            lxd.restart();
            throw new ConnectionClosedException(e.getMessage());
        }
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Reply refused(ClassicHttpRequest http, ApiError error) throws IOException {
        HttpEntity entity = http.getEntity();
        if (entity != null) {
            entity.getContent().transferTo(OutputStream.nullOutputStream());
        }
        return Reply.error(error);
    }

    private Request request(ClassicHttpRequest http, String path, String query, HttpContext context)
            throws IOException {
        HttpEntity entity = http.getEntity();
        InputStream stream = entity == null ? new ByteArrayInputStream(new byte[0]) : entity.getContent();
        boolean streams = lxd.streams(http.getMethod(), path);
        byte[] body = streams ? new byte[0] : stream.readAllBytes();
        return new Request(
                http.getMethod(), path, Map.of(), parameters(query), headers(http), peer(context), body, stream);
    }

    private static Map<String, String> headers(ClassicHttpRequest http) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : http.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        return headers;
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(decoded(pair.substring(0, equals)), formDecoded(pair.substring(equals + 1)));
            } else if (!pair.isEmpty()) {
                parameters.put(decoded(pair), "");
            }
        }
        return parameters;
    }

    /** In a path a plus sign is itself. */
    private static String decoded(String text) {
        return formDecoded(text.replace("+", "%2B"));
    }

    private static String formDecoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static Peer peer(HttpContext context) {
        SSLSession session = HttpCoreContext.cast(context).getSSLSession();
        if (session == null) {
            return Peer.LOCAL;
        }
        byte[] der = certificate(session);
        return new Peer(false, der == null ? null : FakeLxd.fingerprint(der), der);
    }

    private static byte @Nullable [] certificate(SSLSession session) {
        try {
            Certificate[] chain = session.getPeerCertificates();
            return chain[0].getEncoded();
        } catch (SSLPeerUnverifiedException e) {
            return null;
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Reply reply, ClassicHttpResponse answer) {
        answer.setCode(reply.status());
        reply.headers().forEach(answer::setHeader);
        String type = reply.headers().getOrDefault("Content-Type", "application/json");
        answer.setEntity(new ByteArrayEntity(reply.body(), ContentType.parse(type)));
    }
}
