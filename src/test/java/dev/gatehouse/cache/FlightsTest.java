package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatehouse.http.Fields;
import dev.gatehouse.servlet.Head;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FlightsTest {
  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1); // about to go round
  private final Flights flights = new Flights(now::get);

  @Test
  void oneLeadsAndTheOthersFindIt() {
    Flight first = new Flight();
    assertThat(flights.lead("a", first)).isSameAs(first);
    assertThat(flights.lead("a", new Flight())).isSameAs(first);
    Flight other = new Flight();
    assertThat(flights.lead("b", other)).isSameAs(other);
  }

  @Test
  void onlyWhoLeadsEndsIt() {
    Flight first = new Flight();
    Flight second = new Flight();
    assertThat(flights.lead("a", first)).isSameAs(first);
    flights.end("a", second);
    assertThat(flights.lead("a", second)).isSameAs(first);
    flights.end("a", first);
    assertThat(flights.lead("a", second)).isSameAs(second);
  }

  @Test
  void keysThatNobodySharesAreRememberedForAWhile() {
    assertThat(flights.isSolitary("a")).isFalse();
    flights.remember("a");
    assertThat(flights.isSolitary("a")).isTrue();
    assertThat(flights.isSolitary("b")).isFalse();
    now.addAndGet(Duration.ofSeconds(30).toNanos() - 1);
    assertThat(flights.isSolitary("a")).isTrue();
    now.incrementAndGet();
    assertThat(flights.isSolitary("a")).isFalse();
  }

  @Test
  void oneOfTwoInTheSamePlaceIsForgotten() {
    assertThat("Aa".hashCode()).isEqualTo("BB".hashCode());
    flights.remember("Aa");
    flights.remember("BB");
    assertThat(flights.isSolitary("Aa")).isFalse();
    assertThat(flights.isSolitary("BB")).isTrue();
  }

  @Test
  void timePassesForThoseWhoWait() {
    AtomicInteger alone = new AtomicInteger();
    Flight flight = flights.lead("a", new Flight());
    assertThat(flight.follow(new Patient(now.get() + 5, alone))).isTrue();
    flights.tick(now.get() + 4, 10);
    assertThat(alone).hasValue(0);
    flights.tick(now.get() + 5, 10);
    assertThat(alone).hasValue(1);
  }

  @Test
  void timePassesForThoseWhoWaitForOneThatIsClosed() {
    AtomicInteger alone = new AtomicInteger();
    Flight flight = flights.lead("a", new Flight());
    assertThat(flight.follow(new Patient(now.get() + 5, alone))).isTrue();
    flights.close("a"::equals);
    flights.tick(now.get() + 5, 10);
    assertThat(alone).hasValue(1);
    assertThat(flight.follow(new Patient(now.get() + 5, alone))).isTrue();
    flights.end("a", flight);
    flights.tick(now.get() + 9, 10);
    assertThat(alone).as("it has ended").hasValue(1);
  }

  private record Patient(long deadlineNanos, AtomicInteger left) implements Flight.Follower {
    @Override
    public Fields request() {
      return Fields.NONE;
    }

    @Override
    public boolean readsAlong() {
      return true;
    }

    @Override
    public void serve(Head head, Capture capture) {}

    @Override
    public void again() {}

    @Override
    public void alone() {
      left.incrementAndGet();
    }
  }
}
