package dev.gatehouse.container;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless browser, if this machine has one. */
record Chromium(Path program, Path profile) {
  private static final int PATIENCE_SECONDS = 60;

  /** Debian's Chromium or one of its relatives on the PATH. */
  static Optional<Path> find() {
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(
            name ->
                Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                    .map(directory -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** The document as it is after its scripts have run for so many milliseconds of their time. */
  String documentAfter(URI page, int scriptMillis) throws IOException, InterruptedException {
    return run("--dump-dom", "--virtual-time-budget=" + scriptMillis, page.toString());
  }

  /** A picture of the page, so many pixels wide. */
  void picture(URI page, int width, Path file) throws IOException, InterruptedException {
    String size = "--window-size=" + width + ",720";
    run("--screenshot=" + file, size, "--hide-scrollbars", page.toString());
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--user-data-dir=" + profile));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(profile.getParent(), "browser", ".out");
    Process browser =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!browser.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      browser.descendants().forEach(ProcessHandle::destroyForcibly);
      browser.destroyForcibly();
      throw new IOException("the browser did not end within " + PATIENCE_SECONDS + " s");
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
