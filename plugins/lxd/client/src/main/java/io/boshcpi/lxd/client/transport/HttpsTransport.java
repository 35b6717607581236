package io.boshcpi.lxd.client.transport;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.http.ssl.TLS;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP over TLS 1.3 or 1.2, on Apache HttpClient with everything that acts by itself switched off: no retries, redirects,
 * cookies, authentication or compression.
 *
 * <p>HttpClient's own timeouts are per read. One thread for all calls of the transport cancels what is still going on at its
 * deadline.
 */
public final class HttpsTransport implements Transport {
    private static final int MOST_CONNECTIONS = 64;
    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(10);
    private static final TimeValue TRUSTED_WHEN_IDLE = TimeValue.ofMilliseconds(50);
    private static final String SENT = "io.boshcpi.lxd.client.sent";

    private final HttpHost host;
    private final CloseableHttpClient http;
    private final ScheduledThreadPoolExecutor watchdog;

    private HttpsTransport(HttpHost host, CloseableHttpClient http) {
        this.host = host;
        this.http = http;
        this.watchdog = new ScheduledThreadPoolExecutor(1, HttpsTransport::daemon);
        watchdog.setRemoveOnCancelPolicy(true);
    }

    /** A transport to the endpoint, whose certificates and key are read and checked now. */
    public static HttpsTransport to(Endpoint.Https endpoint) {
        HttpHost host = host(endpoint.url());
        return new HttpsTransport(host, client(tls(endpoint)));
    }

    @Override
    public HttpReply exchange(HttpCall call, long deadlineNanos) throws IOException {
        long nanos = deadlineNanos - System.nanoTime();
        if (nanos <= 0) {
            throw new NotSentException("the deadline has passed", false, null);
        }
        HttpUriRequestBase request = request(call, Timeout.ofMilliseconds(1 + TimeUnit.NANOSECONDS.toMillis(nanos)));
        HttpClientContext context = HttpClientContext.create();
        Future<?> alarm = alarm(request, nanos);
        try {
            return new Reply(http.executeOpen(host, request, context), alarm, deadlineNanos);
        } catch (IOException e) {
            alarm.cancel(false);
            throw explained(e, context, deadlineNanos);
        } catch (RuntimeException e) {
            alarm.cancel(false);
            if (context.getAttribute(SENT) == null) {
                throw neverBegun(e, deadlineNanos);
            }
            throw e;
        }
    }

    private Future<?> alarm(HttpUriRequestBase request, long nanos) throws NotSentException {
        try {
            return watchdog.schedule(request::cancel, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException e) {
            throw new NotSentException("the client is closed", false, e);
        }
    }

    /**
     * HttpClient throws unchecked exceptions if it is closed, or the thread interrupted, while it looks for a connection. Of the
     * interrupt it forgets to tell the thread, unless the watchdog was it.
     */
    private static NotSentException neverBegun(RuntimeException e, long deadlineNanos) {
        if (e instanceof CancellationException && System.nanoTime() < deadlineNanos) {
            Thread.currentThread().interrupt();
        }
        return new NotSentException("closed or interrupted before a connection was made", false, e);
    }

    @Override
    public void close() {
        watchdog.shutdownNow();
        http.close(CloseMode.IMMEDIATE);
    }

    private IOException explained(IOException failure, HttpContext context, long deadlineNanos) {
        if (failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException) {
            return new NotSentException(
                    "no trust between here and " + host + ": " + failure.getMessage(), false, failure);
        }
        if (context.getAttribute(SENT) == null || isConnectFailure(failure)) {
            boolean mayPass = System.nanoTime() < deadlineNanos;
            return new NotSentException("cannot connect to " + host + ": " + failure.getMessage(), mayPass, failure);
        }
        return timed(failure, deadlineNanos);
    }

    private static boolean isConnectFailure(IOException failure) {
        return failure instanceof ConnectException
                || failure instanceof NoRouteToHostException
                || failure instanceof UnknownHostException;
    }

    /** A call that the watchdog cancelled fails in some way; that it was the deadline is what matters. */
    private static IOException timed(IOException failure, long deadlineNanos) {
        if (System.nanoTime() < deadlineNanos || failure instanceof SocketTimeoutException) {
            return failure;
        }
        SocketTimeoutException timeout = new SocketTimeoutException("the deadline has passed");
        timeout.initCause(failure);
        return timeout;
    }

    private static HttpUriRequestBase request(HttpCall call, Timeout timeout) {
        HttpUriRequestBase request = new HttpUriRequestBase(call.method(), URI.create(call.target()));
        request.setConfig(RequestConfig.custom()
                .setConnectionRequestTimeout(timeout)
                .setResponseTimeout(timeout)
                .setRedirectsEnabled(false)
                .setProtocolUpgradeEnabled(false)
                .build());
        for (Map.Entry<String, String> header : call.headers().entrySet()) {
            request.setHeader(header.getKey(), header.getValue());
        }
        HttpBody body = call.body();
        if (body != null) {
            request.setEntity(
                    new EntityTemplate(body.length(), ContentType.parse(body.contentType()), null, body::writeTo));
        }
        return request;
    }

    private static CloseableHttpClient client(TlsSocketStrategy tls) {
        HttpRequestInterceptor markSent = (request, entity, context) -> context.setAttribute(SENT, true);
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setTlsSocketStrategy(tls)
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(Limits.HTTP)
                                .build())
                        .setMaxConnTotal(MOST_CONNECTIONS)
                        .setMaxConnPerRoute(MOST_CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(CONNECT_TIMEOUT)
                                .setValidateAfterInactivity(TRUSTED_WHEN_IDLE)
                                .build())
                        .setDefaultSocketConfig(SocketConfig.custom()
                                .setSoTimeout(CONNECT_TIMEOUT)
                                .setTcpNoDelay(true)
                                .build())
                        .build())
                .addRequestInterceptorLast(markSent)
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableConnectionState() // or no connection with a client certificate is ever used again
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .disableDefaultUserAgent()
                .build();
    }

    private static TlsSocketStrategy tls(Endpoint.Https endpoint) {
        ClientTlsStrategyBuilder builder = ClientTlsStrategyBuilder.create()
                .setSslContext(TlsContexts.context(endpoint.identity(), endpoint.trust()))
                .setTlsVersions(TLS.V_1_3, TLS.V_1_2);
        if (endpoint.trust() instanceof ServerTrust.Pinned) {
            builder.setHostVerificationPolicy(HostnameVerificationPolicy.CLIENT)
                    .setHostnameVerifier(NoopHostnameVerifier.INSTANCE);
        } else {
            builder.setHostVerificationPolicy(HostnameVerificationPolicy.BOTH);
        }
        return builder.buildClassic();
    }

    private static HttpHost host(URI url) {
        String path = url.getRawPath();
        if (!"https".equals(url.getScheme())
                || url.getHost() == null
                || url.getRawUserInfo() != null
                || url.getRawQuery() != null
                || !(path == null || path.isEmpty() || path.equals("/"))) {
            throw new IllegalArgumentException("the server's URL must look like https://HOST:8443");
        }
        return new HttpHost("https", url.getHost(), url.getPort() < 0 ? 443 : url.getPort());
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "lxd-client-deadlines");
        thread.setDaemon(true);
        return thread;
    }

    /** An answer that HttpClient's own release of the connection belongs to. */
    private static final class Reply implements HttpReply {
        private final ClassicHttpResponse response;
        private final Future<?> alarm;
        private final InputStream body;

        Reply(ClassicHttpResponse response, Future<?> alarm, long deadlineNanos) throws IOException {
            this.response = response;
            this.alarm = alarm;
            HttpEntity entity = response.getEntity();
            this.body = entity == null
                    ? InputStream.nullInputStream()
                    : new DeadlineStream(entity.getContent(), deadlineNanos);
        }

        @Override
        public int status() {
            return response.getCode();
        }

        @Override
        public @Nullable String header(String name) {
            Header header = response.getFirstHeader(name);
            return header == null ? null : header.getValue();
        }

        @Override
        public InputStream body() {
            return body;
        }

        @Override
        public void close() {
            alarm.cancel(false);
            try {
                response.close();
            } catch (IOException e) {
                // the connection is gone either way
                return;
            }
        }
    }

    /** Tells a read that the watchdog cut off from one that failed by itself. Closing it does nothing. */
    private static final class DeadlineStream extends InputStream {
        private final InputStream in;
        private final long deadlineNanos;

        DeadlineStream(InputStream in, long deadlineNanos) {
            this.in = in;
            this.deadlineNanos = deadlineNanos;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return in.read(bytes, offset, length);
            } catch (IOException e) {
                throw timed(e, deadlineNanos);
            }
        }
    }
}
