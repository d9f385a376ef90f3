package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.testkit.Pools;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of a client's habit. */
class StickinessTest {
  private static final RequestKey TO_B = new RequestKey("", "b", 0);

  private final List<Upstream> abc = Upstreams.weighted(1, 1, 1);
  private final UpstreamPool pool = Pools.pool("p", abc, new FirstAvailable(), Upstreams.atMost(2));
  private final Candidate b = pool.candidates().get(1);

  @Test
  void aClientStaysWithItsBackend() {
    assertThat(Upstreams.lend(pool, TO_B).upstream()).hasToString("b");
    assertThat(Upstreams.lend(pool, TO_B.again(1), abc.get(0)).upstream()).hasToString("b");
  }

  @Test
  void oneThatDrainsServesItsClientsAndNoOthers() {
    pool.setMode(b, Mode.DRAINING);
    assertThat(Upstreams.lend(pool, TO_B).upstream()).hasToString("b");
    pool.setWell(abc.get(0), false);
    assertThat(Upstreams.lend(pool, RequestKey.ANY).upstream()).hasToString("c");
  }

  @Test
  void whoDrainsOneSeesWhenItsClientsCameLast() {
    pool.setMode(b, Mode.DRAINING);
    assertThat(b.state(12_900_000_000L).detail()).isEqualTo("0 in flight");
    var unused = Upstreams.lend(pool, TO_B);
    assertThat(b.state(12_900_000_000L).detail())
        .isEqualTo("1 in flight, a sticky session seen 12 s ago");
  }

  @Test
  void oneThatIsDisabledDownFullTriedOrUnknownHasNoClients() {
    pool.setMode(b, Mode.DISABLED);
    assertThat(Upstreams.lend(pool, TO_B).upstream()).hasToString("a");
    pool.setMode(b, Mode.ENABLED);
    pool.setWell(abc.get(1), false);
    assertThat(Upstreams.lend(pool, TO_B).upstream()).hasToString("a");
    pool.setWell(abc.get(1), true);
    assertThat(Upstreams.lend(pool, TO_B.again(1), abc.get(1)).upstream()).hasToString("c");
    for (int i = 0; i < 2; i++) {
      assertThat(Upstreams.lend(pool, TO_B).upstream()).hasToString("b");
    }
    assertThat(Upstreams.lend(pool, TO_B).upstream()).hasToString("c");
    assertThat(pool.lend(new RequestKey("", "nobody", 0), Set.of())).isNull();
  }
}
