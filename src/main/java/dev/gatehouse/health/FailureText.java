package dev.gatehouse.health;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** What a failed connection means, in an operator's words: a pure table. */
final class FailureText {
  private FailureText() {}

  static String of(Throwable failure, Duration timeout) {
    if (failure instanceof SSLException || causedBy(failure, CertificateException.class)) {
      return tls(failure);
    }
    if (failure instanceof TimeoutException) {
      return "no answer within " + PlainDuration.of(timeout);
    }
    if (failure instanceof SocketTimeoutException) {
      return "no connection in time";
    }
    if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
      return "host name not resolved";
    }
    if (failure instanceof NoRouteToHostException || says(failure, "unreachable")) {
      return "no route to host";
    }
    if (failure instanceof ConnectException) {
      return says(failure, "timed out") ? "no connection in time" : "connection refused";
    }
    if (failure instanceof EOFException
        || failure instanceof ClosedChannelException
        || failure instanceof SocketException
        || says(failure, "connection reset")
        || says(failure, "broken pipe")) {
      return "connection closed without an answer";
    }
    return "failed (" + failure.getClass().getSimpleName() + ")";
  }

  private static String tls(Throwable failure) {
    if (causedBy(failure, CertificateExpiredException.class)) {
      return "certificate has expired";
    }
    if (causedBy(failure, CertificateNotYetValidException.class)) {
      return "certificate is not valid yet";
    }
    if (saysAnywhere(failure, "no name matching")
        || saysAnywhere(failure, "no subject alternative")) {
      return "certificate is for another name";
    }
    if (saysAnywhere(failure, "not pinned")) { // proxy.PinnedTrust says so
      return "key of the certificate is not pinned";
    }
    if (saysAnywhere(failure, "unable to find valid certification path")
        || saysAnywhere(failure, "trust anchor")
        || causedBy(failure, CertPathValidatorException.class)) {
      return "certificate is not trusted";
    }
    return saysAnywhere(failure, "unrecognized ssl message")
        ? "not a TLS server"
        : "TLS handshake failed";
  }

  private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return true;
      }
    }
    return false;
  }

  private static boolean saysAnywhere(Throwable failure, String words) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (says(cause, words)) {
        return true;
      }
    }
    return false;
  }

  private static boolean says(Throwable failure, String words) {
    String message = failure.getMessage();
    return message != null && message.toLowerCase(Locale.ROOT).contains(words);
  }
}
