import Foundation
import FuzzTargets

/// What libFuzzer calls with each input; the environment names the target (see `Tests/Fuzz/run`).
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.run(Data(bytes: bytes ?? UnsafePointer(empty), count: count))
    return 0
}

private nonisolated(unsafe) let empty = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)

private let target: FuzzTarget = {
    let name = ProcessInfo.processInfo.environment["TIMBRE_FUZZ_TARGET"] ?? ""
    guard let target = FuzzTargets.named(name) else {
        fatalError("TIMBRE_FUZZ_TARGET is '\(name)', not one of \(FuzzTargets.all.map(\.name))")
    }
    return target
}()
