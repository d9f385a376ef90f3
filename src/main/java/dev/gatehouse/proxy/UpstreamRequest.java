package dev.gatehouse.proxy;

import dev.gatehouse.balance.Upstream;
import dev.gatehouse.config.ProxyConfig;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpConversation;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A client request whose target and method go out as they came in. The base class would pass the
 * target through {@link URI}, parse the query into parameters and write the method in capitals.
 */
final class UpstreamRequest extends HttpRequest {
  private final Upstream upstream;
  private final String rawPath;
  private final @Nullable String rawQuery;
  private final String exactMethod;
  private final Consumer<HttpFields> hints;
  private LongSupplier nanoTime = () -> 0;
  private long headMillis;
  private long bodyIdleMillis;
  private boolean headSeen; // guarded by this, as are the two below
  private boolean sent;
  private long sentNanos;
  private boolean fresh;
  private boolean pooled;
  private long flushedBefore;
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
    this.upstream = upstream;
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

  /**
   * Sets how long the backend may take. The wait for its response begins when the request is sent;
   * until then it is the pause between two writes that counts, and a client may be the one to make
   * it.
   *
   * @param tryTimeout until the response begins, if that is shorter; zero: no other
   * @param elapsedNanos of the time for the whole exchange
   * @param nanoTime monotonic
   */
  void timeouts(
      ProxyConfig.Client timeouts, Duration tryTimeout, long elapsedNanos, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    long head = timeouts.responseTimeout().toMillis();
    headMillis = tryTimeout.isZero() ? head : Math.min(head, tryTimeout.toMillis());
    bodyIdleMillis = timeouts.idleTimeout().toMillis();
    idleTimeout(bodyIdleMillis, TimeUnit.MILLISECONDS);
    long total = timeouts.totalTimeout().toNanos();
    if (total > 0) { // Jetty takes whole milliseconds: the next one, when the time is surely up
      long left = Math.max(0, total - elapsedNanos);
      timeout(left / 1_000_000 + 1, TimeUnit.MILLISECONDS);
    }
  }

  /** How long the backend has had for its response: since all of the request was sent. */
  synchronized long waitedNanos() {
    return sent ? nanoTime.getAsLong() - sentNanos : 0;
  }

  /** How long it may have. */
  long patienceNanos() {
    return TimeUnit.MILLISECONDS.toNanos(headMillis);
  }

  @Override
  public void notifySuccess() {
    synchronized (this) {
      sent = true;
      sentNanos = nanoTime.getAsLong();
      if (!headSeen) { // else the backend has answered early
        setIdleMillis(headMillis);
      }
    }
    super.notifySuccess();
  }

  /** From now on it is the pause between two reads that counts, not the wait for an answer. */
  synchronized void headIsThere() {
    headSeen = true;
    setIdleMillis(bodyIdleMillis);
  }

  private void setIdleMillis(long millis) {
    if (getConnection() instanceof Connection connection) {
      connection.getEndPoint().setIdleTimeout(millis);
    }
  }

  /** An abort that came before Jetty had queued the request was for nothing. */
  void abortIfItWasMissed() {
    Throwable cause = getAbortCause();
    if (cause != null) {
      getConversation().abort(cause, Promise.noop());
    }
  }

  /** Keeps away from the pool: one of its connections was dead, and others may be. */
  void onFreshConnection() {
    tag(new Upstream.Apart(upstream, "fresh"));
    fresh = true;
  }

  /** Sets all fields. */
  void head(HttpFields head, String host) {
    headers(
        fields -> {
          fields.clear().add(head).put(HttpHeader.HOST, host);
          if (fresh) {
            fields.put(HttpHeader.CONNECTION, "close"); // or the next one would not be fresh
          }
        });
  }

  /** Whether not one byte of the request went out, so that nobody can have acted on it. */
  boolean isUntouched() {
    return !sending
        || (getConnection() instanceof StrictConnection connection
            && (!connection.isSecured() || connection.flushed() == flushedBefore));
  }

  /** Whether the connection had served others, and broke before it said a word to this one. */
  boolean isPooled() {
    return sending && pooled && !(getConnection() instanceof StrictConnection c && c.hasSpoken());
  }

  /** Whether a connection was there and the request went to it. */
  boolean isSending() {
    return sending;
  }

  @Override
  public void notifyBegin() {
    if (getConnection() instanceof StrictConnection connection) {
      pooled = connection.getMessagesIn() > 0;
      connection.begin();
      flushedBefore = connection.flushed();
    }
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
