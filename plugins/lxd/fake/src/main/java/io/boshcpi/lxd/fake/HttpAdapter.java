package io.boshcpi.lxd.fake;

import io.boshcpi.lxd.fake.server.Faults;
import io.boshcpi.lxd.fake.server.Peer;
import io.boshcpi.lxd.fake.server.Reply;
import io.boshcpi.lxd.fake.server.Request;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
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
import org.apache.hc.core5.net.URIBuilder;

/** Between the HTTP server and {@link FakeLxd}: logs each request and lets it go wrong if a fault says so. */
final class HttpAdapter implements HttpRequestHandler {
    private final FakeLxd lxd;

    HttpAdapter(FakeLxd lxd) {
        this.lxd = lxd;
    }

    @Override
    public void handle(ClassicHttpRequest http, ClassicHttpResponse answer, HttpContext context) throws IOException {
        Request request = request(http, context);
        lxd.requests().add(request);
        Faults.Fault fault = lxd.faults().next(request);
        if (fault != null) {
            pause(fault.delay());
        }
        Reply reply = fault != null && fault.error() != null ? Reply.error(fault.error()) : lxd.handle(request);
        if (fault != null && fault.dropAnswer()) {
            throw new ConnectionClosedException("the fault drops this answer");
        }
        answer.setCode(reply.status());
        reply.headers().forEach(answer::setHeader);
        answer.setEntity(new ByteArrayEntity(reply.body(), ContentType.parse(reply.contentType())));
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Request request(ClassicHttpRequest http, HttpContext context) throws IOException {
        URIBuilder target;
        try {
            target = new URIBuilder(http.getPath());
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
        Map<String, String> query = new HashMap<>();
        target.getQueryParams().forEach(parameter -> query.put(parameter.getName(), parameter.getValue()));
        Map<String, String> headers = new HashMap<>();
        for (Header header : http.getHeaders()) {
            headers.put(header.getName().toLowerCase(Locale.ROOT), header.getValue());
        }
        HttpEntity entity = http.getEntity();
        InputStream body = entity == null ? InputStream.nullInputStream() : entity.getContent();
        return new Request(http.getMethod(), target.getPath(), query, headers, peer(context), body);
    }

    private static Peer peer(HttpContext context) {
        SSLSession session = HttpCoreContext.cast(context).getSSLSession();
        if (session == null) {
            return new Peer(true, null);
        }
        try {
            return new Peer(false, Identity.fingerprint(session.getPeerCertificates()[0].getEncoded()));
        } catch (SSLPeerUnverifiedException e) {
            return new Peer(false, null);
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
