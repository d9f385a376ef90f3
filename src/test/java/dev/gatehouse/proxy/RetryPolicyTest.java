package dev.gatehouse.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig;
import dev.gatehouse.testkit.Pools;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("RFC 9110 §9.2.2 idempotent methods and retries")
class RetryPolicyTest {
  private static final Map<String, Throwable> FAILURES =
      Map.of(
          "refused", new ConnectException(),
          "connect timeout", new SocketTimeoutException(),
          "unresolved", new UnresolvedAddressException(),
          "unknown host", new UnknownHostException(),
          "handshake", new SSLHandshakeException("untrusted"),
          "wrong name", new SSLPeerUnverifiedException("name"),
          "tls broken", new SSLException("bad record"),
          "reset", new EOFException(),
          "timeout", new TimeoutException(),
          "queue full", new RejectedExecutionException());

  @ParameterizedTest(name = "{0} {1}, sending {2} -> {3}")
  @CsvSource({
    // before a connection was there: whatever the method
    "POST, refused, false, true",
    "POST, connect timeout, false, true",
    "POST, unresolved, false, true",
    "POST, unknown host, false, true",
    "POST, handshake, false, true",
    "GET, refused, false, true",
    "GET, timeout, false, false", // the client has waited long enough
    "GET, queue full, false, false",
    // Jetty reports some of them when the request was on its way to the connection
    "POST, refused, true, true",
    "POST, handshake, true, true",
    "POST, wrong name, true, true",
    // the connection broke: only what may be done twice
    "GET, reset, true, true",
    "HEAD, reset, true, true",
    "PUT, reset, true, true",
    "DELETE, reset, true, true",
    "POST, reset, true, false",
    "PATCH, reset, true, false",
    "get, reset, true, false",
    "POST, tls broken, true, false",
    "GET, tls broken, true, true",
    "GET, timeout, true, false",
    "GET, unresolved, true, false",
  })
  void onlyWhatCannotBeDoneTwiceByItIsSentAgain(
      String method, String failure, boolean sending, boolean expected) {
    assertThat(RetryPolicy.retries(failed(method, 1, sending, false, false, failure), all(1)))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "answered {0}, body read {1} -> {2}")
  @CsvSource({"false, false, true", "true, false, false", "false, true, false"})
  void whatHasBegunIsNotBegunAgain(boolean answered, boolean bodyRead, boolean expected) {
    assertThat(RetryPolicy.retries(failed("PUT", 1, true, answered, bodyRead, "reset"), all(1)))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "{0} attempts of 1 + {1} -> {2}")
  @CsvSource({"1, 0, false", "1, 1, true", "2, 1, false", "2, 2, true", "3, 2, false"})
  void retriesAreCounted(int attempts, int most, boolean expected) {
    assertThat(
            RetryPolicy.retries(failed("GET", attempts, false, false, false, "refused"), all(most)))
        .isEqualTo(expected);
  }

  @ParameterizedTest(name = "onConnect {0}, onReset {1}: {2} -> {3}")
  @CsvSource({
    "true, false, refused, true",
    "false, true, refused, false", // a refused connection is no reset, even for GET
    "false, true, reset, true",
    "true, false, reset, false",
    "false, false, refused, false",
  })
  void eachKindCanBeSwitchedOff(
      boolean onConnect, boolean onReset, String failure, boolean expected) {
    List<PoolConfig.RetryOn> on = new ArrayList<>();
    if (onConnect) {
      on.add(PoolConfig.RetryOn.CONNECT);
    }
    if (onReset) {
      on.add(PoolConfig.RetryOn.RESET);
    }
    var retry = Pools.retry(1, on.toArray(PoolConfig.RetryOn[]::new));
    boolean sending = failure.equals("reset");
    assertThat(RetryPolicy.retries(failed("GET", 1, sending, false, false, failure), retry))
        .isEqualTo(expected);
  }

  @Test
  void anOwnMistakeIsNotRetried() {
    var failed =
        new RetryPolicy.Failed("GET", 1, true, false, false, new IllegalStateException("bug"));
    assertThat(RetryPolicy.retries(failed, all(1))).isFalse();
    var io = new RetryPolicy.Failed("GET", 1, true, false, false, new IOException("reset"));
    assertThat(RetryPolicy.retries(io, all(1))).isTrue();
  }

  private static PoolConfig.Retry all(int most) {
    return Pools.retry(most, PoolConfig.RetryOn.CONNECT, PoolConfig.RetryOn.RESET);
  }

  private static RetryPolicy.Failed failed(
      String method,
      int attempts,
      boolean sending,
      boolean answered,
      boolean bodyRead,
      String failure) {
    Throwable cause = Objects.requireNonNull(FAILURES.get(failure));
    return new RetryPolicy.Failed(method, attempts, sending, answered, bodyRead, cause);
  }
}
