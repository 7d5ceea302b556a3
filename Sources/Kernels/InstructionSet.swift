import CKernels
import COpenBLAS

/// What computes here: the level of the vector kernels and OpenBLAS's name for the processor, as "x86-64-v3/Zen".
///
/// Results may differ in their last bits between two of these, and nowhere else.
public let instructionSet = "\(String(cString: timbre_instruction_set()))/\(String(cString: openblas_get_corename()))"
