package dev.gatehouse.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds what the README says of parameters against the code. */
class ReadmeTest {
  private static final String BEGIN = "<!-- parameters: held against the code by ReadmeTest -->\n";
  private static final String END = "<!-- end of parameters -->";

  @Test
  void theTableNamesEveryParameterWithItsDefaultAndMeaning() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int begin = readme.indexOf(BEGIN);
    assertThat(begin).as("the mark before the table").isPositive();
    assertThat(readme.substring(begin + BEGIN.length(), readme.indexOf(END))).isEqualTo(table());
  }

  @Test
  void noMeaningBreaksTheTable() {
    assertThat(Parameters.ALL).allMatch(row -> !row.meaning().contains("|"));
  }

  private static String table() {
    return Parameters.ALL.stream()
        .map(ReadmeTest::row)
        .collect(Collectors.joining("\n", "| name | default | meaning |\n|---|---|---|\n", "\n"));
  }

  private static String row(Parameter parameter) {
    String shown = parameter.defaultText().isEmpty() ? "–" : "`" + parameter.defaultText() + "`";
    return "| `" + parameter.name() + "` | " + shown + " | " + parameter.meaning() + " |";
  }
}
