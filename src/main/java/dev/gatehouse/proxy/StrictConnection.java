package dev.gatehouse.proxy;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpChannel;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.internal.HttpChannelOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpConnectionOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpReceiverOverHTTP;
import org.eclipse.jetty.client.transport.internal.HttpSenderOverHTTP;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.io.ssl.SslHandshakeListener;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a backend that is not used again when something is left on it, and that does not
 * wait for ever for a head that comes drop by drop, or behind interim responses without end: Jetty
 * starts its idle timeout anew with each byte.
 */
final class StrictConnection extends HttpConnectionOverHTTP {
  private final Duration headTimeout;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private volatile Scheduler.@Nullable Task deadline;
  private volatile boolean secured;

  StrictConnection(EndPoint endPoint, Map<String, Object> context, Duration headTimeout) {
    super(endPoint, context);
    this.headTimeout = headTimeout;
    if (endPoint instanceof SslConnection.SslEndPoint tls) {
      tls.getSslConnection().addHandshakeListener(new Handshake());
    } else {
      secured = true;
    }
  }

  /** Whether bytes of requests can go out: with TLS, after the handshake. */
  boolean isSecured() {
    return secured;
  }

  /** Until it is done, no backend has seen anything of a request; it may not take for ever. */
  private final class Handshake implements SslHandshakeListener {
    private final Scheduler.Task late;

    Handshake() {
      HttpClient client = getHttpDestination().getHttpClient();
      late =
          client
              .getScheduler()
              .schedule(this::isLate, client.getConnectTimeout(), TimeUnit.MILLISECONDS);
    }

    private void isLate() {
      if (!secured) {
        close(new SocketTimeoutException("TLS handshake"));
      }
    }

    @Override
    public void handshakeSucceeded(Event event) {
      secured = true;
      late.cancel();
    }

    @Override
    public void handshakeFailed(Event event, Throwable failure) {
      late.cancel();
    }
  }

  @Override
  protected HttpChannelOverHTTP newHttpChannel() {
    return new Channel(this);
  }

  /** A request begins. */
  void begin() {
    if (getHttpChannel() instanceof Channel channel
        && channel.getHttpReceiver() instanceof StrictReceiver receiver) {
      receiver.begin();
    }
  }

  /** Whether anything has come since {@link #begin}. */
  boolean hasSpoken() {
    return getHttpChannel() instanceof Channel channel
        && channel.getHttpReceiver() instanceof StrictReceiver receiver
        && receiver.hasSpoken();
  }

  /** How many bytes have gone out so far. */
  long flushed() {
    return StrictConnector.flushed(getEndPoint());
  }

  /** Called when all that has come is read. A head that comes at once needs no timer. */
  @Override
  public void fillInterested() {
    if (getHttpChannel() instanceof Channel channel
        && channel.getHttpReceiver() instanceof StrictReceiver receiver
        && receiver.isInHead()
        && waiting.compareAndSet(false, true)) {
      deadline =
          getHttpDestination()
              .getHttpClient()
              .getScheduler()
              .schedule(this::headIsLate, headNanos(channel), TimeUnit.NANOSECONDS);
    }
    super.fillInterested();
  }

  /** How long the head may still take: what the request allows from when it was sent. */
  private long headNanos(HttpChannel channel) {
    HttpExchange exchange = channel.getHttpExchange();
    return exchange != null && exchange.getRequest() instanceof UpstreamRequest request
        ? Math.max(0, request.patienceNanos() - request.waitedNanos())
        : headTimeout.toNanos();
  }

  private void headIsLate() {
    if (waiting.compareAndSet(true, false)) {
      close(new TimeoutException("no final response"));
    }
  }

  void headIsComplete() {
    Scheduler.Task task = deadline;
    if (waiting.compareAndSet(true, false) && task != null) {
      task.cancel();
    }
  }

  @Override
  protected void close(Throwable failure) {
    headIsComplete();
    super.close(failure);
  }

  /** Whether a request is under way and not at its end. */
  static boolean isSending(HttpChannel channel) {
    return channel instanceof Channel strict && strict.sending;
  }

  private static final class Channel extends HttpChannelOverHTTP {
    private volatile boolean sending;

    Channel(StrictConnection connection) {
      super(connection);
    }

    @Override
    protected HttpSenderOverHTTP newHttpSender() {
      return new HttpSenderOverHTTP(this) {
        @Override
        protected boolean queuedToBegin(HttpExchange exchange) {
          sending = true;
          return super.queuedToBegin(exchange);
        }

        @Override
        protected boolean someToSuccess(HttpExchange exchange) {
          sending = false;
          return super.someToSuccess(exchange);
        }
      };
    }

    @Override
    protected HttpReceiverOverHTTP newHttpReceiver() {
      return new StrictReceiver(this);
    }

    @Override
    protected HttpReceiverOverHTTP getHttpReceiver() {
      return super.getHttpReceiver();
    }

    @Override
    public void release() {
      if (getHttpReceiver() instanceof StrictReceiver receiver && receiver.isDirty()) {
        getHttpConnection().close();
      } else {
        super.release();
      }
    }
  }
}
