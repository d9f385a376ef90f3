package dev.gatehouse.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.config.PoolConfig.Breaker;
import dev.gatehouse.config.PoolConfig.Passive;
import dev.gatehouse.testkit.LogLines;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JudgeConcurrencyTest {
  private static final Ending GOOD = Ending.answered(200, 1);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final LogLines log = new LogLines(UpstreamPool.class);

  @AfterEach
  void stop() throws InterruptedException {
    log.close();
    threads.shutdownNow();
    assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void noMoreThanItsPartIsEverOutWhileManyFailAtOnce() throws Exception {
    var p = JudgedPool.of(Rules.NONE.with(new Passive(2, Duration.ofSeconds(1), 50, false)), 5);
    AtomicBoolean on = new AtomicBoolean(true);
    AtomicInteger most = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    running.add(
        threads.submit(
            () -> {
              while (on.get()) {
                p.advance(Duration.ofMillis(100));
                most.accumulateAndGet(out(p), Math::max);
              }
            }));
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Random random = new Random(i);
      clients.add(
          threads.submit(
              () -> {
                for (int n = 0; n < 20_000; n++) {
                  Lease lease = Upstreams.lend(p.pool, RequestKey.ANY);
                  lease.close(random.nextInt(3) == 0 ? GOOD : Ending.reset());
                  most.accumulateAndGet(out(p), Math::max);
                }
              }));
    }
    for (Future<?> client : clients) {
      client.get();
    }
    on.set(false);
    running.get(0).get();
    assertThat(most.get()).isBetween(1, 2);
    assertThat(p.pool.candidates()).allMatch(each -> each.inFlight() == 0);
    p.advance(Duration.ofSeconds(10));
    assertThat(p.open()).isEqualTo("abcde");
  }

  @Test
  void ofManyAtOnceOneTriesWhenTheBreakerIsHalfOpen() throws Exception {
    var p = JudgedPool.of(Rules.NONE.with(new Breaker(50, Duration.ofSeconds(1))), 2);
    for (int round = 0; round < 50; round++) {
      p.requests("a", Ending.reset(), 20);
      p.advance(Duration.ofSeconds(1));
      List<Future<Lease>> tries = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tries.add(threads.submit(() -> p.tryLend("a")));
      }
      List<Lease> lent = new ArrayList<>();
      for (Future<Lease> each : tries) {
        if (each.get() != null) {
          lent.add(each.get());
        }
      }
      assertThat(lent).hasSize(1);
      lent.get(0).close(GOOD);
      assertThat(p.open()).isEqualTo("ab");
    }
  }

  /** Under the pool's lock: one may come back and another one go while they are counted. */
  private static int out(JudgedPool p) {
    synchronized (p.pool) {
      return (int) p.pool.candidates().stream().filter(c -> c.fitness().ejection().out()).count();
    }
  }
}
