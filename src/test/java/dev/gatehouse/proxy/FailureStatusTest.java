package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.eclipse.jetty.client.HttpResponseException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("RFC 9110 §15.6 server errors")
class FailureStatusTest {
  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("failures")
  void theStatusTellsWhy(Throwable failure, int status) {
    assertThat(FailureStatus.of(failure)).isEqualTo(status);
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        arguments(new TimeoutException(), 504),
        arguments(new SocketTimeoutException("Connect Timeout"), 504),
        arguments(new ConnectException("refused"), 502),
        arguments(new EOFException(), 502),
        arguments(new IOException("reset"), 502),
        arguments(new SSLHandshakeException("untrusted"), 502),
        arguments(new UnresolvedAddressException(), 502),
        arguments(new IllegalStateException(), 502),
        arguments(new RejectedExecutionException("queue full"), 503));
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @MethodSource("reasons")
  void theLogHasAReasonWithoutTheClientsInnards(Throwable failure, String reason) {
    assertThat(FailureStatus.reason(failure)).isEqualTo(reason);
  }

  static Stream<Arguments> reasons() {
    return Stream.of(
        arguments(new ConnectException("Connection refused"), "connection refused"),
        arguments(new EOFException("oejct@1[{l=/10.0.0.1:1}]"), "it closed the connection"),
        arguments(new AsynchronousCloseException(), "it closed the connection"),
        arguments(new HttpResponseException("HTTP@1", null), "not an HTTP answer"),
        arguments(new SocketException("Connection reset"), "SocketException: Connection reset"),
        arguments(new SSLHandshakeException("untrusted"), "SSLHandshakeException: untrusted"),
        arguments(new TimeoutException("Total timeout 1 ms elapsed@1"), "TimeoutException"),
        arguments(new IllegalStateException("state@1"), "IllegalStateException"));
  }
}
