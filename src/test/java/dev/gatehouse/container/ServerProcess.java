package dev.gatehouse.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The process of the server under test. */
public record ServerProcess(long pid) {
  /** The one that Arquillian has started. */
  public static ServerProcess current() {
    return ProcessHandle.current()
        .descendants()
        .filter(ServerProcess::isJava)
        .filter(process -> !isTerracotta(process))
        .findFirst()
        .map(process -> new ServerProcess(process.pid()))
        .orElseThrow(() -> new IllegalStateException("no server runs"));
  }

  /** What the JDK's own tool says of it. */
  public String jcmd(String command) throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                command)
            .redirectErrorStream(true)
            .start();
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static boolean isTerracotta(ProcessHandle process) {
    return process.info().commandLine().filter(line -> line.contains("/tc.jar")).isPresent();
  }

  private static boolean isJava(ProcessHandle process) {
    return process.info().command().filter(command -> command.endsWith("/java")).isPresent();
  }
}
