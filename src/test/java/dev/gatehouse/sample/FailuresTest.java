package dev.gatehouse.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;

final class FailuresTest {
  @Test
  void failuresAreCountedByKind() {
    assertThat(Failures.kind(new TimeoutException("Total timeout 10000 ms"))).isEqualTo("timeout");
    assertThat(Failures.kind(new ConnectException("Connection refused")))
        .isEqualTo("no connection: Connection refused");
    assertThat(Failures.kind(new SSLHandshakeException("unknown CA"))).isEqualTo("TLS: unknown CA");
    assertThat(Failures.kind(new EOFException("HttpConnectionOverHTTP@1f")))
        .isEqualTo(Failures.kind(new ClosedChannelException()))
        .startsWith("connection closed");
    assertThat(Failures.kind(new IOException("Connection reset")))
        .isEqualTo("IOException: Connection reset");
    assertThat(Failures.kind(new IOException())).isEqualTo("IOException");
  }
}
