package dev.gatehouse.sample;

import java.io.EOFException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** Names the kind of a failed request, so that failures can be counted. */
final class Failures {
  private Failures() {}

  static String kind(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return "timeout";
    }
    if (failure instanceof ConnectException) {
      return "no connection: " + failure.getMessage();
    }
    if (failure instanceof SSLException) {
      return "TLS: " + failure.getMessage();
    }
    if (failure instanceof EOFException || failure instanceof ClosedChannelException) {
      return "connection closed before the end of the answer";
    }
    String message = failure.getMessage();
    return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
  }
}
