package dev.gatehouse.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlightClosingTest {
  private final Flights flights = new Flights(() -> 0);

  @Test
  void nobodyJoinsAFlightThatIsClosedAndTheNextOneLeads() {
    Flight early = new Flight();
    Flight other = new Flight();
    assertThat(flights.lead("a", early)).isSameAs(early);
    assertThat(flights.lead("b", other)).isSameAs(other);
    flights.close("a"::equals);
    Flight late = new Flight();
    assertThat(flights.lead("a", late)).isSameAs(late);
    assertThat(flights.lead("b", new Flight())).isSameAs(other);
    flights.end("a", early);
    assertThat(flights.lead("a", new Flight())).as("the late one goes on").isSameAs(late);
  }
}
