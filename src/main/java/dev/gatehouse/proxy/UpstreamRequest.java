package dev.gatehouse.proxy;

import dev.gatehouse.balance.Upstream;
import java.net.URI;
import java.util.function.Consumer;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * A client request whose target and method go out as they came in. The base class would pass the
 * target through {@link URI}, parse the query into parameters and write the method in capitals.
 */
final class UpstreamRequest extends HttpRequest {
  private final String rawPath;
  private final @Nullable String rawQuery;
  private final String exactMethod;
  private final Consumer<HttpFields> hints;
  private volatile boolean sending;

  /** A request for the backend; the raw query comes without its question mark, null for none. */
  UpstreamRequest(
      HttpClient client,
      Upstream upstream,
      String method,
      String rawPath,
      @Nullable String rawQuery,
      Consumer<HttpFields> hints) {
    super(client, new HttpConversation(), upstream.url());
    this.rawPath = rawPath;
    this.rawQuery = rawQuery;
    this.exactMethod = method;
    this.hints = hints;
    tag(upstream); // a destination for each, see MemberAddresses
  }

  /** Takes the fields of a 103. */
  Consumer<HttpFields> hints() {
    return hints;
  }

  /** Whether a connection was there and the request went to it. */
  boolean isSending() {
    return sending;
  }

  @Override
  public void notifyBegin() {
    sending = true;
    super.notifyBegin();
  }

  @Override
  public String getMethod() {
    return exactMethod;
  }

  @Override
  public String getPath() {
    return rawPath;
  }

  @Override
  public @Nullable String getQuery() {
    return rawQuery;
  }

  @Override
  public Request path(String path) {
    return this; // the target is final
  }

  /** None: cookies are not stored and there is nothing to authenticate. */
  @Override
  public @Nullable URI getURI() {
    return null;
  }
}
