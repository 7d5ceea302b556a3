import Foundation
import Unpacking

extension FuzzTargets {
    /// A zip archive as `timbre fetch` unpacks it, all of its files read and none written.
    static let archive = FuzzTarget("archive", fixedBytes: 1 << 21) { bytes in
        let most = 1 << 20
        let archive = try Archive(contentsOf: Scratch.file("archive", bytes), limit: most)
        var count = 0
        for name in archive.names { try archive.forEachPiece(of: name) { count += $0.count } }
        FuzzTarget.expect(count <= most, "\(count) bytes")
    }
}
