package dev.gatehouse.sample;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.HttpClientTransport;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Makes the HTTP client that {@link LoadSettings} ask for. */
final class LoadTransport {
  private static final int CONNECTIONS_AHEAD = 8;

  private LoadTransport() {}

  /** A client that is not started yet. */
  static HttpClient client(LoadSettings settings, DevelopmentFiles files)
      throws IOException, GeneralSecurityException {
    ClientConnector connector = new ClientConnector();
    connector.setSslContextFactory(tls(settings, files));
    HttpClientTransport transport =
        settings.http2()
            ? new HttpClientTransportOverHTTP2(new HTTP2Client(connector))
            : new HttpClientTransportOverHTTP(connector);
    HttpClient client = new HttpClient(transport);
    QueuedThreadPool threads = new QueuedThreadPool(32);
    threads.setName("load");
    threads.setDaemon(true);
    client.setExecutor(threads);
    client.setMaxConnectionsPerDestination(settings.connections());
    client.setMaxRequestsQueuedPerDestination(Integer.MAX_VALUE); // an open loop never refuses
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    return client;
  }

  /**
   * Opens some connections ahead, so that the first requests do not pay for the start of this JVM's
   * TLS. A server that cannot be reached shows in the requests that follow.
   */
  static void connect(HttpClient client, LoadSettings settings) throws InterruptedException {
    Destination destination = client.resolveDestination(client.newRequest(settings.url()));
    int ahead = settings.http2() ? 1 : Math.min(settings.connections(), CONNECTIONS_AHEAD);
    try {
      destination
          .getConnectionPool()
          .preCreateConnections(ahead)
          .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      System.err.println("No connection ahead of the load: " + Failures.kind(cause(e)));
    }
  }

  private static Throwable cause(Exception e) {
    return e.getCause() == null ? e : e.getCause();
  }

  private static SslContextFactory.Client tls(LoadSettings settings, DevelopmentFiles files)
      throws IOException, GeneralSecurityException {
    SslContextFactory.Client tls = new SslContextFactory.Client(settings.insecure());
    if (settings.insecure()) {
      tls.setEndpointIdentificationAlgorithm(null);
    } else if (settings.isLocal() && Files.exists(files.caCertificate())) {
      tls.setTrustStore(trusting(files.caCertificate()));
    }
    return tls;
  }

  private static KeyStore trusting(Path pem) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(pem)) {
      trusted.setCertificateEntry(
          "development-ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    return trusted;
  }
}
