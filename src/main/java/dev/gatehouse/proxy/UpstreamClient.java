package dev.gatehouse.proxy;

import dev.gatehouse.config.Problem;
import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.config.Tls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.client.ConnectionPool;
import org.eclipse.jetty.client.ContinueProtocolHandler;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.DuplexConnectionPool;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProcessingProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/** Builds the one HTTP client for all backends: it passes on and adds nothing of its own. */
public final class UpstreamClient {
  private UpstreamClient() {}

  /** What would keep the client from starting; empty: nothing. */
  public static List<Problem> problems(Tls tls) {
    return UpstreamTls.problems(tls);
  }

  /**
   * A client with threads of its own, started. Stopping it ends the threads.
   *
   * @throws GeneralSecurityException if a certificate or key can't be used
   * @throws IOException if a certificate or key can't be read
   */
  public static HttpClient start(ProxyConfig.Client config, Tls tls)
      throws GeneralSecurityException, IOException {
    QueuedThreadPool threads = new QueuedThreadPool(config.maxThreads());
    threads.setName("gatehouse-client");
    threads.setDaemon(true);

    ClientConnector connector = new StrictConnector();
    connector.setSelectors(selectors(config));
    connector.setSslContextFactory(UpstreamTls.factory(tls));

    StrictTransport transport = new StrictTransport(connector, config.responseTimeout());
    transport.setHeaderCacheCaseSensitive(true); // else Jetty writes known values its own way
    transport.setConnectionPoolFactory(destination -> connections(destination, config));
    HttpClient client = new BackendClient(transport);
    client.setExecutor(threads);
    Scheduler scheduler = new ScheduledExecutorScheduler("gatehouse-client-scheduler", true);
    client.setScheduler(scheduler);
    client.setSocketAddressResolver(
        new MemberAddresses(
            new SocketAddressResolver.Async(
                threads, scheduler, config.connectTimeout().toMillis())));
    client.setDestinationIdleTimeout(UNUSED_DESTINATION.toMillis());
    client.setConnectTimeout(config.connectTimeout().toMillis());
    client.setIdleTimeout(config.keepAliveTimeout().toMillis());
    client.setMaxConnectionsPerDestination(config.maxConnections());
    client.setRequestBufferSize(config.requestBufferSize());
    client.setMaxRequestHeadersSize(MAX_REQUEST_HEAD);
    client.setResponseBufferSize(config.responseBufferSize());
    client.setMaxResponseHeadersSize(config.maxResponseHeadersSize());
    client.setUseInputDirectByteBuffers(false); // the servlet stream takes arrays
    client.setHttpCompliance(StrictTransport.COMPLIANCE);
    client.setFollowRedirects(false); // the client's decision, not ours
    client.setHttpCookieStore(new HttpCookieStore.Empty()); // or clients would share cookies
    client.setUserAgentField(null);
    client.setDefaultRequestContentType(null);
    try {
      client.start();
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("the HTTP client does not start", e);
    }
    client.getContentDecoderFactories().clear(); // bodies pass as they are
    client.getProtocolHandlers().clear();
    client.getProtocolHandlers().put(new Continue());
    client.getProtocolHandlers().put(new EarlyHints(Math.max(1, config.maxThreads() / 8)));
    client.getProtocolHandlers().put(new OtherInterim());
    return client;
  }

  private static ConnectionPool connections(Destination to, ProxyConfig.Client config) {
    DuplexConnectionPool pool = new DuplexConnectionPool(to, config.maxConnections());
    pool.setMaxDuration(config.maxConnectionAge().toMillis());
    pool.setMaxUsage(config.maxRequestsPerConnection());
    return pool;
  }

  /** Members come and go; what Jetty keeps for each goes when none of its connections is left. */
  private static final Duration UNUSED_DESTINATION = Duration.ofMinutes(10);

  /** Bytes; containers take at most 8 to 16 kB, and we add a few fields. */
  private static final int MAX_REQUEST_HEAD = 64 * 1024;

  /** Only 100 itself: Jetty's would also collect any final answer to a request with Expect. */
  private static final class Continue extends ContinueProtocolHandler {
    @Override
    public boolean accept(Request request, Response response) {
      return response.getStatus() == 100 && super.accept(request, response);
    }
  }

  /** RFC 9110 §15.2: unknown interim responses are ignored. Without this one they hang us. */
  private static final class OtherInterim extends ProcessingProtocolHandler {
    @Override
    public boolean accept(Request request, Response response) {
      int status = response.getStatus();
      return status < 200 && status != 101 && status != 103;
    }
  }

  private static int selectors(ProxyConfig.Client config) {
    int processors = Runtime.getRuntime().availableProcessors();
    return config.selectors() > 0 ? config.selectors() : Math.max(1, processors / 2);
  }
}
