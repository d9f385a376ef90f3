package dev.gatehouse.proxy;

import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.config.PoolConfig.RetryOn;
import dev.gatehouse.http.Methods;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Whether a failed attempt may go to another backend. Nothing may be executed twice. */
final class RetryPolicy {
  private RetryPolicy() {}

  /**
   * What is known of a failed attempt.
   *
   * @param attempts how many there were, this one included
   * @param sending whether a connection was there and the request was being sent on it
   * @param answered whether a response had begun
   * @param bodyRead whether any byte of the request's body was taken, which cannot be had again
   */
  record Failed(
      String method,
      int attempts,
      boolean sending,
      boolean answered,
      boolean bodyRead,
      Throwable failure) {}

  /** RFC 9110 §9.2.2: only what was never sent, or is idempotent, is sent again. */
  static boolean retries(Failed failed, PoolConfig.Retry retry) {
    if (failed.attempts() > retry.maxRetries() || failed.answered() || failed.bodyRead()) {
      return false;
    }
    if (isConnect(failed)) {
      return retry.on().contains(RetryOn.CONNECT);
    }
    return retry.on().contains(RetryOn.RESET)
        && failed.failure() instanceof IOException
        && Methods.isIdempotent(failed.method());
  }

  /** Nothing of the request can have been taken for a request by the backend. */
  private static boolean isConnect(Failed failed) {
    Throwable failure = failed.failure();
    if (!failed.sending()) {
      return failure instanceof IOException || failure instanceof UnresolvedAddressException;
    }
    return failure instanceof ConnectException
        || failure instanceof SSLHandshakeException
        || failure instanceof SSLPeerUnverifiedException;
  }
}
