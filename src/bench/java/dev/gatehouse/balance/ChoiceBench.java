package dev.gatehouse.balance;

import dev.gatehouse.config.PoolConfig.Policy;
import dev.gatehouse.testkit.Pools;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What a choice costs, among few and many backends of different weights and loads. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class ChoiceBench {
  @Param({"ROUND_ROBIN", "LEAST_REQUESTS", "P2C", "LEAST_TIME", "HASH", "RANDOM", "FIRST"})
  public Policy policy;

  @Param({"4", "1000"})
  public int backends;

  private final RequestKey key = new RequestKey("198.51.100.17", "", 0);
  private LoadBalancer balancer;
  private Roster roster;

  /** Up to nine requests under way at each, and one answer from each. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(1);
    List<Upstream> upstreams = new ArrayList<>();
    for (int i = 0; i < backends; i++) {
      upstreams.add(
          new Upstream("n" + i, URI.create("http://n" + i + ".test"), 1 + random.nextInt(256)));
    }
    balancer = Policies.of(policy, () -> ThreadLocalRandom.current().nextLong(), System::nanoTime);
    List<Candidate> candidates = Pools.pool("p", upstreams, balancer).candidates();
    roster = Roster.of(candidates, upstreams.stream().mapToInt(Upstream::weight).toArray());
    for (Candidate candidate : candidates) {
      for (int n = random.nextInt(10); n > 0; n--) {
        candidate.begin();
      }
      balancer.ended(candidate, Ending.answered(200, 1_000_000 + random.nextInt(1_000_000)));
    }
  }

  /** The choice alone. */
  @Benchmark
  public Candidate choose() {
    return balancer.choose(roster, key);
  }
}
