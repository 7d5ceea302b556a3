import Foundation
import TestSupport
import Testing

@testable import Checkpoints

@Suite struct ZipDirectoryTests {
    private typealias Entry = HandmadeArchive.Entry
    private static let again = "download the file again and compare its SHA-256 with the published one"
    private static let convert =
        "use the checkpoint's safetensors form, or save its state dictionary again with a current PyTorch"

    private let pickle = HandmadePickle.ofState { _ in }

    @Test func findsTheDirectoryBeforeAComment() throws {
        var bytes = HandmadeArchive.ofCheckpoint(pickle).bytes
        bytes[bytes.count - 2] = 5
        #expect(try checkpoint(bytes + Data("PK\u{5}\u{6}!".utf8)).tensors.isEmpty)
    }

    @Test func findsTheDirectoryThroughItsZip64Record() throws {
        var archive = HandmadeArchive.ofCheckpoint(pickle)
        archive.isZip64 = true
        #expect(try checkpoint(archive.bytes).tensors.isEmpty)
    }

    @Test func takesSizesAndPlacesFromAZip64Field() throws {
        var entry = Entry("m/data.pkl", pickle)
        entry.byteCount = .max
        entry.headerOffset = .max
        entry.extra = Data([0x46, 0x42, 1, 0, 0]) + Data([1, 0, 24, 0])
        for number in [pickle.count, pickle.count, 0] { entry.extra.append(littleEndian: UInt64(number)) }
        #expect(try checkpoint(HandmadeArchive(entries: [entry]).bytes).tensors.isEmpty)
    }

    @Test func refusesAZip64FieldThatIsTooShort() {
        var entry = Entry("m/data.pkl", pickle)
        entry.byteCount = .max
        expectFault(
            "the archive's directory is damaged", found: "no whole record at byte 46",
            expected: "a central directory header", in: HandmadeArchive(entries: [entry]).bytes)
    }

    @Test func refusesAnArchiveCutOff() {
        expectFault(
            "the archive is cut off or damaged", found: "no end of central directory record",
            expected: "one within the last 65557 bytes of the file",
            in: HandmadeArchive.ofCheckpoint(pickle).bytes.dropLast())
    }

    @Test func refusesADirectoryOutsideTheFile() {
        var archive = HandmadeArchive.ofCheckpoint(pickle)
        archive.directoryOffset = 0xffff_fff0
        expectFault(
            "the archive's directory lies outside the file", found: "56 bytes at byte 4294967280",
            expected: "an end at byte 102 or before", in: archive.bytes)
    }

    @Test func refusesADirectoryOfOtherBytes() {
        var archive = HandmadeArchive.ofCheckpoint(pickle)
        archive.directoryOffset = 1
        expectFault(
            "the archive's directory is damaged", found: "no whole record at byte 1",
            expected: "a central directory header", in: archive.bytes)
    }

    @Test func refusesNamesThatAreNotText() {
        var entry = Entry("", pickle)
        entry.name = Data([0xff])
        expectFault(
            "the archive's directory is damaged", found: "a name that is not UTF-8 in the record at byte 37",
            expected: "names in UTF-8", in: HandmadeArchive(entries: [entry]).bytes)
    }

    @Test func refusesEncryptedEntries() {
        var entry = Entry("m/data.pkl", pickle)
        entry.flags = 1
        expectFault(
            "the archive is encrypted", entry: "m/data.pkl", found: "an encrypted entry",
            expected: "plain entries, as torch.save writes them", remedy: Self.convert,
            in: HandmadeArchive(entries: [entry]).bytes)
    }

    @Test func refusesCompressedEntries() {
        var entry = Entry("m/data.pkl", pickle)
        entry.method = 8
        expectFault(
            "the archive is compressed", entry: "m/data.pkl", found: "compression method 8",
            expected: "stored entries, as torch.save writes them", remedy: Self.convert,
            in: HandmadeArchive(entries: [entry]).bytes)
    }

    @Test func refusesEntriesThatRunIntoTheDirectory() {
        var entry = Entry("m/data.pkl", pickle)
        entry.byteCount = 7
        expectFault(
            "the archive's entry lies outside its data", entry: "m/data.pkl", found: "7 bytes at byte 40",
            expected: "an end at byte 46 or before, where the directory begins",
            in: HandmadeArchive(entries: [entry]).bytes)
    }

    @Test func refusesEntriesBehindTheDirectory() {
        var entry = Entry("m/data.pkl", pickle)
        entry.headerOffset = 1000
        expectFault(
            "the archive's entry lies outside its data", entry: "m/data.pkl", found: "6 bytes at byte 1000",
            expected: "an end at byte 46 or before, where the directory begins",
            in: HandmadeArchive(entries: [entry]).bytes)
    }

    @Test func refusesAnotherEntrysHeader() {
        var entry = Entry("m/data.pkl", pickle)
        entry.localName = Data("m/data.pk!".utf8)
        expectFault(
            "the archive's entry has no header of its own", entry: "m/data.pkl", found: "other bytes at byte 0",
            expected: "a local file header with the entry's name", in: HandmadeArchive(entries: [entry]).bytes)
    }

    @Test func refusesAHeaderThatTheDirectoryCutsOff() {
        var entry = Entry("m/data.pkl", pickle)
        entry.headerOffset = 45
        expectFault(
            "the archive's entry has no header of its own", entry: "m/data.pkl", found: "other bytes at byte 45",
            expected: "a local file header with the entry's name", in: HandmadeArchive(entries: [entry]).bytes)
    }

    @Test func refusesRepeatedNames() {
        expectFault(
            "the archive holds an entry twice", entry: "m/data.pkl", found: "the name again",
            expected: "each name once",
            in: HandmadeArchive(entries: [Entry("m/data.pkl", pickle), Entry("m/data.pkl", pickle)]).bytes)
    }

    @Test func refusesEntriesThatShareBytes() {
        var inner = Entry("m/b", Data())
        let outer = Entry("m/a", inner.localHeader)
        inner.headerOffset = UInt32(outer.localHeader.count)
        expectFault(
            "two entries of the archive share bytes", entry: "m/b", found: "bytes of 'm/a'",
            expected: "entries one after another", in: HandmadeArchive(entries: [outer, inner]).bytes)
    }

    @Test func refusesAPickleWithAnotherChecksum() {
        var entry = Entry("m/data.pkl", pickle)
        entry.checksum = 0x0123_abcd
        expectFault(
            "the archive's entry is damaged", entry: "m/data.pkl", found: "CRC-32 \(hexadecimal(CRC32.of(pickle)))",
            expected: "CRC-32 0123abcd", in: HandmadeArchive(entries: [entry]).bytes)
    }

    private func hexadecimal(_ number: UInt32) -> String {
        String(format: "%08x", number)
    }

    private func expectFault(
        _ what: String, entry: String? = nil, found: String, expected: String, remedy: String = again, in file: Data,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        expectDiagnosis(
            """
            \(what)
              where:    weights.bin\(entry.map { ", entry '\($0)'" } ?? "")
              found:    \(found)
              expected: \(expected)
              try:      \(remedy)
            """, exit: .badData, sourceLocation: sourceLocation
        ) { try checkpoint(file) }
    }
}
