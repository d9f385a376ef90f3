package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class StripeTest {
  private final Stripe stripe = Stripe.many(1)[0];
  private final AtomicInteger written = new AtomicInteger();

  @Test
  void whatWasReadBeforeAWriteIsNotCarriedUp() {
    long seen = stripe.writes();
    stripe.write(written::incrementAndGet);
    stripe.writeUnlessSince(seen, written::incrementAndGet);
    assertThat(written).hasValue(1);
    stripe.writeUnlessSince(stripe.writes(), written::incrementAndGet);
    assertThat(written).hasValue(2);
  }

  @Test
  void nobodyWaitsToCarryUp() throws InterruptedException {
    long seen = stripe.writes() + 1;
    stripe.write(
        () -> {
          Thread other = new Thread(() -> stripe.writeUnlessSince(seen, written::incrementAndGet));
          other.start();
          try {
            other.join();
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          }
        });
    assertThat(written).hasValue(0);
  }
}
