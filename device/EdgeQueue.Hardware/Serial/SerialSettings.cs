namespace EdgeQueue.Hardware.Serial;

/// <summary>How the line is set: always 8 data bits, raw, no software flow control.</summary>
public sealed record SerialSettings
{
    /// <summary>Bits per second, any number that the port can make, e.g. 9600, 19200, 115200.</summary>
    public int Baud { get; init; } = 9600;

    public Parity Parity { get; init; }

    public bool TwoStopBits { get; init; }

    /// <summary>RTS/CTS, as many receipt printers want it.</summary>
    public bool HardwareFlow { get; init; }

    /// <summary>
    /// Ask the driver to switch the RS-485 transceiver's direction by RTS (TIOCSRS485). A port that does not know the
    /// request (ENOTTY: USB adapters switch by themselves) is used as it is.
    /// </summary>
    public bool Rs485 { get; init; }

    /// <summary>How long a write waits for a line that takes no bytes.</summary>
    public TimeSpan WriteTimeout { get; init; } = TimeSpan.FromSeconds(2);
}

public enum Parity
{
    None,
    Even,
    Odd,
}
