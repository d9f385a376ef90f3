package dev.gatehouse.proxy;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.eclipse.jetty.client.HttpResponseException;

/** Which status tells the client why there is no answer (RFC 9110 §15.6). */
final class FailureStatus {
  /** No backend takes requests, or all are too busy to queue one more. */
  static final int UNAVAILABLE = 503;

  /** The client did not read, or send, for too long. */
  static final int REQUEST_TIMEOUT = 408;

  private static final int BAD_REQUEST = 400;
  private static final int CONTENT_TOO_LARGE = 413;
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  private FailureStatus() {}

  /** The status for a failed exchange with a backend. */
  static int of(Throwable failure) {
    if (failure instanceof TimeoutException || failure instanceof SocketTimeoutException) {
      return GATEWAY_TIMEOUT;
    }
    return failure instanceof RejectedExecutionException ? UNAVAILABLE : BAD_GATEWAY;
  }

  /** The status when it is the client's side that failed: too slow, wrong or too much (§15.5). */
  static int ofClient(Throwable failure) {
    if (failure instanceof BodyTooLargeException) {
      return CONTENT_TOO_LARGE;
    }
    return failure instanceof TimeoutException || failure instanceof SocketTimeoutException
        ? REQUEST_TIMEOUT
        : BAD_REQUEST;
  }

  /** Whether the client's side failed because the client has left. */
  static boolean isDeparture(Throwable failure) {
    return failure instanceof EOFException
        || failure instanceof ClosedChannelException
        || failure instanceof SocketException
        || failure.getCause() instanceof SocketException; // Tomcat wraps it
  }

  /** A backend's failure for the log, without what Jetty's messages tell of its own state. */
  static String reason(Throwable failure) {
    if (failure instanceof ConnectException) {
      return "connection refused";
    }
    if (failure instanceof EOFException || failure instanceof ClosedChannelException) {
      return "it closed the connection";
    }
    if (failure instanceof HttpResponseException) {
      return "not an HTTP answer";
    }
    String name = failure.getClass().getSimpleName();
    boolean telling = failure instanceof SocketException || failure instanceof SSLException;
    return telling ? name + ": " + failure.getMessage() : name;
  }
}
