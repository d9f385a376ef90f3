package dev.gatehouse.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The threads of the server under test, as the JDK's own tool lists them. */
final class ServerThreads {
  private ServerThreads() {}

  /** The first line of each thread that the WAR has made; all are called {@code gatehouse-}. */
  static List<String> ours() throws IOException {
    return dump().filter(line -> line.startsWith("\"gatehouse-")).toList();
  }

  private static Stream<String> dump() throws IOException {
    long pid =
        ProcessHandle.current()
            .descendants()
            .filter(ServerThreads::isJava)
            .findFirst()
            .orElseThrow(() -> new IllegalStateException("no server runs"))
            .pid();
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "Thread.print")
            .redirectErrorStream(true)
            .start();
    String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!text.contains("Full thread dump")) {
      throw new IOException("no thread dump: " + text);
    }
    return text.lines();
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }
}
