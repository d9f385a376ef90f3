package dev.gatehouse.status;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackendTableTest {
  @Test
  void theTableIsABoxWithOneLineForEachBackendAndThePagesWordForItsState() {
    assertThat(BackendTable.draw(Reports.of(Reports.pool(Reports.CHECKED, Reports.UNCHECKED))))
        .isEqualTo(
            """
            pool main
            ┌──────────────────────────┬──────────┬──────────┬─────────────────────────┬──────────┬────────┬───────────┐
            │ Backend URL              │ Status   │ Failures │ Last Healthy            │ Requests │ Share  │ In flight │
            ├──────────────────────────┼──────────┼──────────┼─────────────────────────┼──────────┼────────┼───────────┤
            │ https://a.test:8443/base │ HEALTHY  │ 0/3      │ 2026-02-03 04:05:06 UTC │ 30       │ 75.0 % │ 1         │
            │ http://b                 │ DRAINING │ 2/3      │ –                       │ 10       │ 25.0 % │ 0         │
            └──────────────────────────┴──────────┴──────────┴─────────────────────────┴──────────┴────────┴───────────┘
            """);
  }

  @Test
  void eachPoolHasATableOfItsOwn() {
    String text =
        BackendTable.draw(
            Reports.of(Reports.pool(Reports.UNCHECKED), Reports.pool(Reports.UNCHECKED)));
    assertThat(text.lines().filter("pool main"::equals)).hasSize(2);
    assertThat(text.lines().filter(line -> line.contains("100.0 %"))).hasSize(2);
  }

  @Test
  void withoutPoolsThereIsNothing() {
    assertThat(BackendTable.draw(Reports.of())).isEmpty();
  }
}
