package dev.gatehouse.sample;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * A running HTTP or HTTPS server that echoes requests; any number of them live in one JVM.
 *
 * <p>Thread-safe. {@link #close} cuts no answer: it stops accepting, lets requests in flight end,
 * and has connections in use closed by {@code Connection: close} before it closes the idle ones.
 */
public final class SampleBackend implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofMillis(250);
  private static final Duration LONGEST_DRAIN = Duration.ofSeconds(5);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Server server;
  private final ServerConnector connector;
  private final DrainHandler handler;
  private final URI uri;

  private SampleBackend(
      Server server, ServerConnector connector, DrainHandler handler, String scheme) {
    this.server = server;
    this.connector = connector;
    this.handler = handler;
    this.uri = URI.create(scheme + "://" + connector.getHost() + ":" + connector.getLocalPort());
  }

  /**
   * Starts a plain one on 127.0.0.1.
   *
   * @param port 0 for a free one
   */
  public static SampleBackend start(int port) throws IOException {
    return start("127.0.0.1", port, Optional.empty(), false);
  }

  /**
   * Starts one.
   *
   * @param port 0 for a free one
   * @param keys for HTTPS; empty for plain HTTP
   * @param debug prints one line per request
   * @throws IOException when the port cannot be bound or the keys cannot be used
   */
  static SampleBackend start(String host, int port, Optional<ServerKeys> keys, boolean debug)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(128, 4);
    threads.setName("backend-" + port);
    threads.setDaemon(true);
    Server server =
        new Server(threads, new ScheduledExecutorScheduler("backend-timer-" + port, true), null);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setUriCompliance(UriCompliance.UNSAFE); // an echo refuses nothing
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ServerConnector connector =
        keys.map(SampleBackend::tls)
            .map(tls -> new ServerConnector(server, 1, 1, tls, plain))
            .orElseGet(() -> new ServerConnector(server, 1, 1, plain));
    connector.setHost(host);
    connector.setPort(port);
    server.addConnector(connector);
    DrainHandler handler = new DrainHandler(new EchoHandler(), debug);
    server.setHandler(handler);
    try {
      server.start();
    } catch (Exception e) {
      stop(server);
      throw new IOException("no server on " + host + ":" + port + ": " + e.getMessage(), e);
    }
    return new SampleBackend(server, connector, handler, keys.isPresent() ? "https" : "http");
  }

  private static SslConnectionFactory tls(ServerKeys keys) {
    SslContextFactory.Server context = new SslContextFactory.Server();
    context.setKeyStorePath(keys.keyStore().toUri().toString());
    context.setKeyStorePassword(keys.password());
    return new SslConnectionFactory(context, "http/1.1");
  }

  /** The port that it listens on, or listened on before it was closed. */
  public int port() {
    return uri.getPort();
  }

  /** Its address, such as {@code https://127.0.0.1:8000}. */
  public URI uri() {
    return uri;
  }

  /** Requests that have not been answered to the end. */
  int inFlight() {
    return handler.inFlight();
  }

  /** Waits until it is closed. */
  void join() throws InterruptedException {
    server.join();
  }

  @Override
  public void close() {
    if (!server.isRunning()) {
      return;
    }
    handler.drain();
    connector.close();
    long begin = System.nanoTime();
    while (mustWait(Duration.ofNanos(System.nanoTime() - begin))) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    stop(server);
  }

  /** An idle connection gets a while too: a request may be on its way on it. */
  private boolean mustWait(Duration waited) {
    if (connector.getConnectedEndPoints().isEmpty()) {
      return false;
    }
    return waited.compareTo(handler.inFlight() > 0 ? LONGEST_DRAIN : DRAIN) < 0;
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the sample backend did not stop", e);
    }
  }
}
