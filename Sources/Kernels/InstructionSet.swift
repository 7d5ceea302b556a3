import CKernels
import COpenBLAS
import Foundation

/// The instructions that the loops of this room are compiled for; the best that the processor has is chosen once a process.
///
/// With AVX-512 and with AVX2 the same numbers are added in the same order, each multiplication fused with its addition: both
/// give the same bits. Elsewhere OpenBLAS multiplies matrices, and last bits differ.
public enum InstructionSet: String, CaseIterable, Sendable {
    /// x86-64-v4.
    case avx512
    /// x86-64-v3: AVX2 with FMA.
    case avx2
    /// Whatever the compiler takes for granted, with OpenBLAS.
    case portable

    /// The variable that names a set to use instead of the best.
    public static let variable = "TIMBRE_ISA"

    /// The set in use: the one that ``variable`` names where this processor has it, else the best that it has.
    public static let current: InstructionSet = (try? chosen(by: ProcessInfo.processInfo.environment)) ?? best

    /// The best that this processor has.
    public static var best: InstructionSet { allCases.first(where: \.isAvailable) ?? .portable }

    /// Whether this processor has it.
    public var isAvailable: Bool { table != nil }

    /// The set that an environment asks for, the best where it asks for none; throws an ``InstructionSetError``.
    public static func chosen(by environment: [String: String]) throws -> InstructionSet {
        guard let name = environment[variable], !name.isEmpty else { return best }
        guard let set = InstructionSet(rawValue: name) else { throw InstructionSetError.unknown(name) }
        guard set.isAvailable else { throw InstructionSetError.unavailable(set) }
        return set
    }

    fileprivate var table: UnsafePointer<timbre_level>? {
        switch self {
        case .avx512: timbre_avx512()
        case .avx2: timbre_avx2()
        case .portable: timbre_portable()
        }
    }
}

/// An instruction set that cannot be used.
public enum InstructionSetError: Error, Equatable {
    /// ``InstructionSet/variable`` holds no name of one.
    case unknown(String)
    /// This processor lacks it.
    case unavailable(InstructionSet)

    /// What is wrong, in words.
    public var words: String {
        switch self {
        case .unknown(let name): "'\(name)', which is none"
        case .unavailable(let set): "'\(set.rawValue)', which this processor lacks"
        }
    }
}

/// The numbers that weights and what they are multiplied by are rounded to; sums are float32 always.
public enum Precision: String, CaseIterable, Sendable {
    case float32
    /// The upper half of a float32: 8 bits of significand, multiplied two by two with AVX512-BF16.
    case bfloat16

    /// Whether this process can multiply at it.
    public var isAvailable: Bool { self == .float32 || InstructionSet.current == .avx512 && timbre_bfloat16() != nil }
}

/// What computes at a precision, recorded with what was computed: "avx512", "avx512-bf16", "avx2" or "portable/Haswell", the last
/// with OpenBLAS's name for the processor.
///
/// Results may differ in their last bits between two of these, and nowhere else; between "avx512" and "avx2" they do not.
public func instructionSet(at precision: Precision) -> String {
    switch (InstructionSet.current, precision) {
    case (.portable, _): "portable/\(openBLASCore)"
    case (let set, .float32): set.rawValue
    case (let set, .bfloat16): "\(set.rawValue)-bf16"
    }
}

/// OpenBLAS's name for the processor that its kernels are written for.
public var openBLASCore: String { String(cString: openblas_get_corename()) }

/// The loops in use.
nonisolated(unsafe) let loops: timbre_level = {
    guard let table = InstructionSet.current.table else { preconditionFailure("an instruction set without loops") }
    return table.pointee
}()

/// How the instruction set in use multiplies, nil where OpenBLAS does.
func multiplier(at precision: Precision) -> UnsafePointer<timbre_multiplier>? {
    precondition(precision.isAvailable, "this process cannot multiply \(precision) numbers")
    return precision == .float32 ? loops.float32 : timbre_bfloat16()
}
