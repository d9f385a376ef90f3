package dev.gatehouse.container;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.Assignable;
import org.jboss.shrinkwrap.api.Domain;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.FileExistsException;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * Exports an archive as the very bytes of the WAR that the build has made.
 *
 * <p>Adapters ask an archive for a {@link ZipExporter}; ShrinkWrap's own would pack the entries
 * anew, and the servers would get another file than the one that we ship.
 */
public final class ExactWar implements ZipExporter {
  private final Archive<?> archive;
  private final Path file;

  /** Used by ShrinkWrap. */
  public ExactWar(Archive<?> archive) {
    this.archive = archive;
    this.file = ServerUnderTest.current().war();
  }

  /** An archive that is deployed at the root and has no content but by export. */
  static WebArchive archive() {
    Domain domain = ShrinkWrap.createDomain();
    domain.getConfiguration().getExtensionLoader().addOverride(ZipExporter.class, ExactWar.class);
    return domain.getArchiveFactory().create(WebArchive.class, "ROOT.war");
  }

  @Override
  public InputStream exportAsInputStream() {
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void exportTo(OutputStream target) {
    try {
      Files.copy(file, target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void exportTo(File target) {
    exportTo(target, false);
  }

  @Override
  public void exportTo(File target, boolean overwrite) {
    if (!overwrite && target.exists()) {
      throw new FileExistsException(target.toString());
    }
    try (OutputStream out = Files.newOutputStream(target.toPath())) {
      exportTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public <T extends Assignable> T as(Class<T> type) {
    return archive.as(type);
  }
}
