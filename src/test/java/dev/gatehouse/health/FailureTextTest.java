package dev.gatehouse.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FailureTextTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        row(new TimeoutException("Total timeout 1000 ms elapsed"), "no answer within 1 s"),
        row(new SocketTimeoutException("Connect Timeout"), "no connection in time"),
        row(new ConnectException("Connection timed out"), "no connection in time"),
        row(new ConnectException("Connection refused"), "connection refused"),
        row(new ConnectException(), "connection refused"),
        row(new UnknownHostException("nowhere.test"), "host name not resolved"),
        row(new UnresolvedAddressException(), "host name not resolved"),
        row(new NoRouteToHostException("No route to host"), "no route to host"),
        row(new SocketException("Network is unreachable"), "no route to host"),
        row(new EOFException(), "connection closed without an answer"),
        row(new AsynchronousCloseException(), "connection closed without an answer"),
        row(new SocketException("Connection reset"), "connection closed without an answer"),
        row(new IOException("Connection reset by peer"), "connection closed without an answer"),
        row(new IOException("Broken pipe"), "connection closed without an answer"),
        row(new IllegalStateException("secret"), "failed (IllegalStateException)"),
        row(tls(new CertificateExpiredException()), "certificate has expired"),
        row(tls(new CertificateNotYetValidException()), "certificate is not valid yet"),
        row(
            tls(new CertificateException("No name matching h found")),
            "certificate is for another name"),
        row(
            tls(new CertificateException("No subject alternative names present")),
            "certificate is for another name"),
        row(
            tls(new IOException("unable to find valid certification path to requested target")),
            "certificate is not trusted"),
        row(tls(new CertPathValidatorException("signature")), "certificate is not trusted"),
        row(
            tls(new CertificateException("its key is not pinned")),
            "key of the certificate is not pinned"),
        row(new SSLException("Unsupported or unrecognized SSL message"), "not a TLS server"),
        row(tls(new IOException("handshake_failure")), "TLS handshake failed"));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("failures")
  void aFailureIsToldInPlainWords(Throwable failure, String words) {
    assertThat(FailureText.of(failure, Duration.ofSeconds(1))).isEqualTo(words);
  }

  private static Arguments row(Throwable failure, String words) {
    return Arguments.of(failure, words);
  }

  private static SSLException tls(Exception cause) {
    SSLException failure = new SSLHandshakeException("General problem");
    failure.initCause(new IOException("wrapped", cause));
    return failure;
  }
}
