package dev.gatehouse.container;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** The threads of the server under test, as the JDK's own tool lists them. */
final class ServerThreads {
  private ServerThreads() {}

  /** The first line of each thread that the WAR has made; all are called {@code gatehouse-}. */
  static List<String> ours() throws IOException {
    return dump().filter(line -> line.startsWith("\"gatehouse-")).toList();
  }

  /** The same of those whose names have this in them. */
  static List<String> named(String part) throws IOException {
    return dump().filter(line -> line.startsWith("\"") && line.contains(part)).toList();
  }

  private static Stream<String> dump() throws IOException {
    String text = ServerProcess.current().jcmd("Thread.print");
    if (!text.contains("Full thread dump")) {
      throw new IOException("no thread dump: " + text);
    }
    return text.lines();
  }
}
