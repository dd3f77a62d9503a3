namespace EdgeQueue.Hardware.Gpio;

/// <summary>How a button is wired.</summary>
public sealed record GpioInputSettings
{
    /// <summary>A button between the pin and ground, with a pull-up: pressed is low.</summary>
    public bool ActiveLow { get; init; } = true;

    public GpioBias Bias { get; init; } = GpioBias.PullUp;

    /// <summary>Debounced by the kernel (or the chip); zero: not at all. Contacts of push buttons settle within 10 ms.</summary>
    public TimeSpan Debounce { get; init; } = TimeSpan.FromMilliseconds(10);
}

/// <summary>The pin's own resistor.</summary>
public enum GpioBias
{
    AsIs,
    PullUp,
    PullDown,
    Disabled,
}
