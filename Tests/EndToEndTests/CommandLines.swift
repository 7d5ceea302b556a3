import Foundation
import Testing

/// What a test of every command needs.
extension Workbench {
    /// The program's commands as its help names them, those of `cache` one by one.
    func commandNames() throws -> Set<String> {
        let (all, ofCache) = (try subcommands("--help"), try subcommands("cache", "--help"))
        return Set(all + ofCache.map { "cache \($0)" }).subtracting(["cache"])
    }

    /// The command that a line of arguments names.
    static func commandName(of line: String) -> String {
        let words = line.split(separator: " ")
        return words.prefix(words.first == "cache" ? 2 : 1).joined(separator: " ")
    }

    private func subcommands(_ arguments: String...) throws -> [String] {
        let help = try timbre(arguments).output
        let list = help.components(separatedBy: "SUBCOMMANDS:\n").last?.components(separatedBy: "\n\n").first ?? ""
        // What a command does goes on further to the right.
        let entries = list.split(separator: "\n").filter { !$0.hasPrefix("   ") }
        return entries.compactMap { $0.split(separator: " ").first.map(String.init) }
    }

    /// The second cell of the report, to be compared with the first.
    func secondCell() throws -> String {
        let cells = try text("reports/small/cells.csv").split(separator: "\n")
        let cell = try #require(cells[2].split(separator: ",").first)
        return String(cell)
    }
}
