package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UpstreamPoolTest {
  private static final RequestKey KEY = new RequestKey("10.0.0.1", 0);
  private static final RequestKey RETRY = new RequestKey("10.0.0.1", 1);

  private final List<Upstream> abc = Upstreams.weighted(1, 1, 1);
  private final Upstream a = abc.get(0);
  private final Upstream b = abc.get(1);
  private final Upstream c = abc.get(2);
  private final UpstreamPool pool = new UpstreamPool("default", abc, new RoundRobin());

  @Test
  void whatIsNotYetCheckedMayServe() {
    assertThat(pool.id()).isEqualTo("default");
    assertThat(pool.lend(new RequestKey("c", 0), Set.of())).isPresent();
    assertThat(abc).allMatch(pool::isAvailable);
  }

  @Test
  void whatIsDownGetsNothingUntilItReturns() {
    pool.setAvailable(b, false);
    assertThat(pool.isAvailable(b)).isFalse();
    assertThat(lent(6)).doesNotContain(b).contains(a, c);
    pool.setAvailable(b, true);
    assertThat(lent(6)).contains(a, b, c);
  }

  @Test
  void sayingTheSameAgainChangesNothing() {
    pool.setAvailable(b, false);
    pool.setAvailable(b, false);
    pool.setAvailable(b, true);
    pool.setAvailable(b, true);
    assertThat(lent(6)).containsExactly(a, b, c, a, b, c);
  }

  @Test
  void aRetryGoesToOneNotTried() {
    for (int i = 0; i < 10; i++) {
      assertThat(pool.lend(RETRY, Set.of(a, b)).orElseThrow().upstream()).isEqualTo(c);
    }
    assertThat(pool.lend(RETRY, Set.of(a, b, c))).isEmpty();
    pool.setAvailable(c, false);
    assertThat(pool.lend(RETRY, Set.of(a, b))).isEmpty();
  }

  @Test
  void withAllDownThereIsNoLease() {
    abc.forEach(upstream -> pool.setAvailable(upstream, false));
    assertThat(pool.lend(new RequestKey("c", 0), Set.of())).isEmpty();
    assertThat(pool.lend(KEY, Set.of())).isEmpty();
    assertThat(pool.candidates()).hasSize(3);
  }

  @Test
  void aPoolOfNoneLendsNothing() {
    var none = new UpstreamPool("none", List.of(), new RoundRobin());
    assertThat(none.lend(KEY, Set.of())).isEmpty();
  }

  @Test
  void aLeaseCountsInFlightAndThenServedOrFailed() {
    Candidate first = pool.candidates().get(0);
    Lease lease = pool.lend(KEY, Set.of()).orElseThrow();
    assertThat(first.inFlight()).isEqualTo(1);
    lease.close(true);
    lease.close(false);
    assertThat(first.inFlight()).isZero();
    assertThat(first.served()).isEqualTo(1);
    assertThat(first.failed()).isZero();
    pool.lend(RETRY, Set.of(b, c)).orElseThrow().close(false);
    assertThat(first.failed()).isEqualTo(1);
  }

  private List<Upstream> lent(int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> pool.lend(KEY, Set.of()).orElseThrow().upstream())
        .toList();
  }
}
