package org.yuzui.inbox;

import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.UnitOfWorkHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuzui.spi.Headers;
import org.yuzui.spi.RefusedException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InboxTest {

    private static final String TARGET = "Target";

    @TempDir
    Path folder;

    @Test
    void aNameThatIsTakenGetsANumberAndNothingHalfIsSeen() throws IOException {
        Inbox inbox = new Inbox(folder);
        assertThat(inbox.free(Inbox.DONE, "a.xml")).isEqualTo("a.xml");
        inbox.write(Inbox.DONE, "a.xml", new byte[] {1});
        inbox.write(Inbox.DONE, "a.xml.2", new byte[] {2});
        assertThat(inbox.free(Inbox.DONE, "a.xml")).isEqualTo("a.xml.3");
        assertThat(folder.resolve(".done")).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aFileThatSomebodyWroteToMeanwhileIsReadAgain() throws Exception {
        Exchange exchange = exchange("a\nb" + "c".repeat(200));
        InboxFile file = InboxFile.take(exchange, "xml", new Inbox(folder), TARGET);
        assertThat(exchange.getMessage().getHeader(Headers.SOURCE, String.class)).startsWith("file a?bc").hasSize(105);
        assertThat(exchange.getMessage().getHeader(Headers.SOURCE_TYPE)).isEqualTo("xml");
        InboxFile.of(exchange).done();
        Files.writeString(file.path(), "more");
        assertThatThrownBy(file::done).isInstanceOf(IOException.class).hasMessageContaining("read again");
        Files.delete(file.path());
        assertThatThrownBy(file::done).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void whatIsCaughtDecides() throws Exception {
        Exchange exchange = exchange("a");
        AtomicInteger closed = new AtomicInteger();
        InboxFile.take(exchange, "xml", new Inbox(folder), TARGET).reading(closed::incrementAndGet);
        RefusedException refusal = new RefusedException("bad", "line 1", "It is bad.");
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, new IllegalStateException(refusal));
        assertThat(InboxFile.refusal(exchange)).isSameAs(refusal);
        assertThatThrownBy(() -> InboxFile.later(exchange)).isInstanceOf(IllegalStateException.class);
        assertThat(InboxFile.of(exchange).refuse(new byte[] {1})).isEqualTo(".refused/a");
        assertThat(folder.resolve(".refused/a.report.txt")).exists();
        assertThat(closed).as("once").hasValue(1);
        exchange.removeProperty(Exchange.EXCEPTION_CAUGHT);
        assertThat(InboxFile.refusal(exchange).code()).isEqualTo("refused");
    }

    @Test
    void whatIsTooLargeForMemoryComesAsAStream() throws Exception {
        Exchange exchange = again("large.xml", "");
        exchange.getMessage().setBody(new java.io.ByteArrayInputStream("large".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        InboxFile file = InboxFile.take(exchange, "xml", new Inbox(folder), TARGET);
        assertThat(file.isAgain()).isTrue();
        assertThat(file.path()).hasContent("large");
        end(exchange);
        assertThat(folder.resolve(".again")).isEmptyDirectory();
    }

    @Test
    void whatComesOnceMoreIsAFileAgainAndGoesWhereTheFirstWouldHaveGone() throws Exception {
        Exchange exchange = again("../in/年 报.xml", "mended");
        InboxFile file = InboxFile.take(exchange, "xml", new Inbox(folder), TARGET);
        assertThat(file.isAgain()).isTrue();
        assertThat(file.path()).hasContent("mended");
        assertThat(file.path().normalize()).startsWith(folder.resolve(".again")).hasFileName("__in_年 报.xml");
        assertThat(Files.getPosixFilePermissions(file.path().getParent())).hasSize(3);
        exchange.getMessage().setHeader(TARGET, Inbox.DONE + "/" + file.inbox().free(Inbox.DONE, "report.xml"));
        file.done();
        end(exchange);
        assertThat(folder.resolve(".done/report.xml")).hasContent("mended");
        assertThat(folder.resolve(".again")).isEmptyDirectory();
    }

    @Test
    void whatIsRefusedOnceMoreOrOnlyTriedLeavesNothing() throws Exception {
        Exchange refused = again("a.xml", "bad");
        assertThat(InboxFile.take(refused, "xml", new Inbox(folder), TARGET).refuse(new byte[] {1})).isNull();
        end(refused);
        Exchange tried = again("", "good");
        tried.getMessage().setHeader(Headers.TRIED, true);
        InboxFile file = InboxFile.take(tried, "xml", new Inbox(folder), TARGET);
        assertThat(file.name()).isEqualTo("message");
        tried.getMessage().setHeader(TARGET, ".done/a.xml");
        end(tried);
        Exchange nameless = again("9".repeat(300), "x");
        assertThat(InboxFile.take(nameless, "xml", new Inbox(folder), TARGET).name()).as("no name of a file").isEqualTo("message");
        end(nameless);
        Exchange failed = again("b.xml", "later");
        InboxFile.take(failed, "xml", new Inbox(folder), TARGET);
        failed.setException(new IOException("not now"));
        end(failed);
        assertThat(folder).isDirectoryNotContaining("glob:**.xml").isDirectoryNotContaining("glob:**/.done").isDirectoryNotContaining("glob:**/.refused");
        assertThat(folder.resolve(".again")).isEmptyDirectory();
    }

    @Test
    void whatAHubThatEndedAtOnceHasLeftIsSweptADayLater() throws Exception {
        Path old = Files.createDirectories(folder.resolve(".again/1"));
        Files.writeString(old.resolve("a.xml"), "old");
        Files.setLastModifiedTime(old, FileTime.from(Files.getLastModifiedTime(old).toInstant().minus(25, ChronoUnit.HOURS)));
        Path young = Files.createDirectories(folder.resolve(".again/2"));
        InboxFile.take(again("b.xml", "b"), "xml", new Inbox(folder), TARGET);
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    private static Exchange again(String sourceId, String body) {
        Exchange exchange = new DefaultExchange(new SimpleCamelContext());
        exchange.getMessage().setHeader(Headers.SOURCE_ID, sourceId);
        exchange.getMessage().setBody(body.getBytes(StandardCharsets.UTF_8));
        return exchange;
    }

    private static void end(Exchange exchange) {
        UnitOfWorkHelper.doneSynchronizations(exchange, exchange.getExchangeExtension().handoverCompletions());
    }

    private Exchange exchange(String name) throws IOException {
        Exchange exchange = new DefaultExchange(new SimpleCamelContext());
        exchange.getMessage().setBody(Files.writeString(folder.resolve(name), "something").toFile());
        return exchange;
    }
}
