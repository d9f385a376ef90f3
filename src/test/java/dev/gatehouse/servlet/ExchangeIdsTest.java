package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExchangeIdsTest {
  private static final String MADE = "00000000000000010000000000000002";

  private final AtomicLong random = new AtomicLong();
  private final ExchangeIds ids =
      new ExchangeIds(Optional.of("X-Request-Id"), random::incrementAndGet);

  @Test
  void aTrustedPeersNameIsTakenOver() {
    assertThat(ids.of(request("theirs"), true).value()).isEqualTo("theirs");
    assertThat(random).hasValue(0);
  }

  @Test
  void aStrangersNameIsNot() {
    assertThat(ids.of(request("theirs"), false).value()).isEqualTo(MADE);
  }

  @Test
  void aTrustedPeersNonsenseIsNot() {
    assertThat(ids.of(request("the irs"), true).value()).isEqualTo(MADE);
  }

  @Test
  void severalNamesAreNone() {
    assertThat(ids.of(request("one", "two"), true).value()).isEqualTo(MADE);
    assertThat(ids.of(request(), true).value()).isNotEmpty();
  }

  @Test
  void withoutAFieldThereIsANameForTheLogOnly() {
    ExchangeId id =
        new ExchangeIds(Optional.empty(), random::incrementAndGet).of(request("theirs"), true);
    assertThat(id.value()).isEqualTo(MADE);
    assertThat(id.isIn("X-Request-Id")).isFalse();
  }

  @Test
  void theFieldIsKnownInWhateverCase() {
    assertThat(ids.of(request(), false).isIn("x-request-id")).isTrue();
    assertThat(ids.of(request(), false).isIn("x-request-ids")).isFalse();
  }

  private static HttpServletRequest request(String... values) {
    return (HttpServletRequest)
        Proxy.newProxyInstance(
            ExchangeIdsTest.class.getClassLoader(),
            new Class<?>[] {HttpServletRequest.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("getHeaders");
              assertThat(arguments[0]).isEqualTo("X-Request-Id");
              return Collections.enumeration(List.of(values));
            });
  }
}
