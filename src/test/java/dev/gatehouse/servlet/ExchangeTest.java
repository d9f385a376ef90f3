package dev.gatehouse.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.config.ProxyConfig;
import dev.gatehouse.testkit.Attributes;
import jakarta.servlet.ServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ExchangeTest {
  private static final ProxyConfig.Route ROUTE =
      new ProxyConfig.Route("r", ProxyConfig.Match.ALL, "", false, Optional.empty(), "p");

  private static final ExchangeId ID = new ExchangeId("1", Optional.of("X-Request-Id"));

  private final Exchange exchange =
      new Exchange("10.0.0.1", true, "192.0.2.1", ID, new Journal(() -> 0));

  @Test
  void theFactsGoWithTheRequest() {
    ServletRequest request = Attributes.of(ServletRequest.class);
    exchange.attachTo(request);
    Exchange found = Exchange.of(request);
    assertThat(found).isSameAs(exchange);
    assertThat(found.peer()).isEqualTo("10.0.0.1");
    assertThat(found.peerTrusted()).isTrue();
    assertThat(found.client()).isEqualTo("192.0.2.1");
  }

  @Test
  void theRouteIsThereOnceItIsSettled() {
    assertThatThrownBy(exchange::route)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("guard");
    exchange.settle(ROUTE);
    assertThat(exchange.route()).isEqualTo(ROUTE);
  }

  @Test
  void aRequestThatTheFirstFilterHasNotSeenIsRefused() {
    ServletRequest request = Attributes.of(ServletRequest.class);
    assertThatThrownBy(() -> Exchange.of(request))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("exchange");
  }

  @Test
  void whatIsToBeDoneAtTheEndIsDoneOnceEvenIfItComesLate() {
    List<String> heard = new ArrayList<>();
    exchange.whenDone(() -> heard.add("early"));
    exchange.done();
    exchange.done();
    exchange.whenDone(() -> heard.add("late"));
    assertThat(heard).containsExactly("early", "late");
  }

  @Test
  void aRequestOfOursKeepsWhoAskedAndItsSecretsButNotItsEnd() {
    List<String> heard = new ArrayList<>();
    exchange.settle(ROUTE);
    exchange.authenticated("ann", "X-Api-Key");
    exchange.forClientOnly("Set-Cookie", "a=b");
    exchange.whenDone(() -> heard.add("done"));
    Exchange again = exchange.again(new Journal(() -> 0));
    assertThat(again.route()).isEqualTo(ROUTE);
    assertThat(again.client()).isEqualTo("192.0.2.1");
    assertThat(again.consumer()).contains("ann");
    assertThat(again.withholds("x-api-key")).isTrue();
    assertThat(again.clientsOwn().size()).isZero();
    again.done();
    assertThat(heard).isEmpty();
  }

  @Test
  void theFieldThatHeldTheKeyIsWithheldInWhateverCase() {
    assertThat(exchange.consumer()).isEmpty();
    assertThat(exchange.withholds("X-API-Key")).isFalse();
    exchange.authenticated("team-a", "X-API-Key");
    assertThat(exchange.consumer()).contains("team-a");
    assertThat(exchange.withholds("x-api-key")).isTrue();
    assertThat(exchange.withholds("X-API-Keys")).isFalse();
  }

  @Test
  void workIsDoneInOrderAndOnce() {
    List<String> done = new ArrayList<>();
    exchange.whenDone(() -> done.add("first"));
    exchange.whenDone(() -> done.add("second"));
    exchange.done();
    exchange.done();
    assertThat(done).containsExactly("first", "second");
  }

  @Test
  void anExchangeIsAsynchronousOnceSomebodyHasSaidSo() {
    assertThat(exchange.isAsynchronous()).isFalse();
    exchange.asynchronous();
    assertThat(exchange.isAsynchronous()).isTrue();
  }

  @Test
  void workIsDoneOnceHoweverManySayThatItIsOver() throws Exception {
    int threads = 4;
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    try {
      for (int round = 0; round < 2_000; round++) {
        Exchange each = new Exchange("", false, "", ID, new Journal(() -> 0));
        AtomicInteger calls = new AtomicInteger();
        each.whenDone(calls::incrementAndGet);
        CyclicBarrier barrier = new CyclicBarrier(threads);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
          ends.add(
              pool.submit(
                  () -> {
                    barrier.await();
                    each.done();
                    return null;
                  }));
        }
        for (Future<?> end : ends) {
          end.get(30, TimeUnit.SECONDS);
        }
        assertThat(calls).hasValue(1);
      }
    } finally {
      pool.shutdownNow();
    }
  }
}
