package dev.gatehouse.soak;

import dev.gatehouse.container.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The server's process as the kernel and its JVM see it. */
record ProcessFigures(ServerProcess process) {
  static ProcessFigures ofServer() {
    return new ProcessFigures(ServerProcess.current());
  }

  /** Resident memory in kilobytes. */
  long residentKilobytes() throws IOException {
    return number(Path.of("/proc", Long.toString(process.pid()), "status"), "VmRSS:");
  }

  /** The heap that is left in kilobytes when the garbage is gone. */
  long liveHeapKilobytes() throws IOException {
    String last = process.jcmd("GC.class_histogram").strip(); // collects first
    String total = last.substring(last.lastIndexOf('\n') + 1).strip();
    return Long.parseLong(total.split("\\s+", -1)[2]) / 1024;
  }

  /** Threads that run Java. */
  long threads() throws IOException {
    return process
        .jcmd("Thread.print")
        .lines()
        .filter(line -> line.startsWith("\"") && line.contains(" prio="))
        .count();
  }

  /** How many files and sockets a process may have open. */
  static long openFilesAllowed(long pid) throws IOException {
    return number(Path.of("/proc", Long.toString(pid), "limits"), "Max open files");
  }

  private static long number(Path file, String label) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> line.startsWith(label))
        .map(line -> line.substring(label.length()).strip().split("\\s+", -1)[0])
        .mapToLong(Long::parseLong)
        .findFirst()
        .orElseThrow(() -> new IOException("no " + label + " in " + file));
  }
}
