package dev.gatehouse.proxy;

import java.time.Duration;
import java.util.Map;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/** HTTP/1.1 to backends whose responses are read by {@link StrictReceiver}. */
final class StrictTransport extends HttpClientTransportOverHTTP {
  /** The same length twice is one (RFC 9110 §8.6); two that differ are refused all the same. */
  static final HttpCompliance COMPLIANCE =
      HttpCompliance.RFC9110.with("gatehouse", HttpCompliance.Violation.MULTIPLE_CONTENT_LENGTHS);

  private final Duration headTimeout;

  /**
   * @param headTimeout how long a response's head may take from its first byte, interim responses
   *     included
   */
  StrictTransport(ClientConnector connector, Duration headTimeout) {
    super(connector);
    this.headTimeout = headTimeout;
  }

  @Override
  public Connection newConnection(EndPoint endPoint, Map<String, Object> context) {
    return new StrictConnection(endPoint, context, headTimeout);
  }
}
